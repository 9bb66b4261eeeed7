using Bunit;
using Todo.Contracts.Tasks;
using Todo.Web.Keyboard;
using Todo.Web.Layout;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Keyboard;

public sealed class ShortcutsTests : PageTest
{
    private readonly TaskView _milk = ATask.Called("Buy milk", "U2").Due("2026-11-23");

    public ShortcutsTests() => Board.Receive([_milk, ATask.Called("Shopping", "U1")]);

    [Fact]
    public void No_key_means_two_things()
    {
        Get<Shortcuts>().All.SelectMany(shortcut => shortcut.Keys.Split(", ")).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_number_sets_the_priority_of_the_task_with_the_focus()
    {
        await Get<Shortcuts>().PressAsync("1", _milk.TaskId.ToString());

        Board.Find(_milk.TaskId)!.Priority.Should().Be(1);
    }

    [Fact]
    public async Task Keys_act_on_everything_selected()
    {
        Get<Workspace>().Select(Board.Tasks.Select(task => task.TaskId));

        await Get<Shortcuts>().PressAsync("e", _milk.TaskId.ToString());

        Board.Tasks.Should().OnlyContain(task => task.State == TaskState.Completed);
        Get<Workspace>().Selected.Should().BeEmpty();
    }

    [Fact]
    public async Task Indenting_makes_it_part_of_the_task_above()
    {
        await Get<Shortcuts>().PressAsync("Alt+Shift+ArrowRight", _milk.TaskId.ToString());

        Board.Find(_milk.TaskId)!.ParentId.Should().Be(Board.Tasks[0].TaskId);
    }

    [Theory]
    [InlineData("Shift+ArrowLeft", "[data-testid=calendar-earlier]")]
    [InlineData("Shift+ArrowRight", "[data-testid=calendar-later]")]
    [InlineData("w", ".page-head [data-testid=project-menu]")]
    public async Task Keys_press_what_is_on_the_page(string key, string button)
    {
        await Get<Shortcuts>().PressAsync(key, null);

        Module.VerifyInvoke("click").Arguments.Should().Equal(button);
    }

    [Fact]
    public async Task Without_a_task_a_task_key_does_nothing()
    {
        await Get<Shortcuts>().PressAsync("e", null);

        Server.Asked.Should().BeEmpty();
    }
}
