using Bunit;
using Todo.Contracts.Live;
using Todo.Contracts.Tasks;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class HeldOrderTests : PageTest
{
    private static readonly TaskView _milk = ATask.Called("Milk", "U1");
    private static readonly TaskView _bread = ATask.Called("Bread", "U2");
    private static readonly TaskView _eggs = ATask.Called("Eggs", "U3");
    private readonly HeldOrder _held = new();
    private bool _aimed = true;

    [Fact]
    public void A_row_that_arrives_under_the_pointer_waits_and_is_counted()
    {
        Next([_milk, _bread], own: 1);

        Next([_eggs, _milk, _bread], own: 1).Should().Equal(_milk, _bread);
        _held.Waiting.Should().Be(1);

        _aimed = false;
        Next([_eggs, _milk, _bread], own: 1).Should().Equal(_eggs, _milk, _bread);
        _held.Waiting.Should().Be(0);
    }

    [Fact]
    public void A_row_that_leaves_stays_until_then_as_it_now_is()
    {
        Next([_milk, _bread], own: 1);
        var done = _milk with { State = TaskState.Completed };

        Next([_bread], own: 1, find: id => id == done.TaskId ? done : null).Should().Equal(done, _bread);
        _held.Waiting.Should().Be(1);
    }

    [Fact]
    public void New_contents_show_at_once()
    {
        Next([_milk, _bread], own: 1);
        var renamed = _milk with { Title = "Oat milk" };

        Next([renamed, _bread], own: 1).Should().Equal(renamed, _bread);
        _held.Waiting.Should().Be(0);
    }

    [Fact]
    public void The_persons_own_change_never_waits()
    {
        Next([_milk, _bread], own: 1);
        Next([_eggs, _milk, _bread], own: 1);

        Next([_eggs, _bread], own: 2).Should().Equal(_eggs, _bread);
        _held.Waiting.Should().Be(0);
    }

    [Fact]
    public void A_change_of_order_alone_counts_as_one()
    {
        Next([_milk, _bread], own: 1);

        Next([_bread, _milk], own: 1).Should().Equal(_milk, _bread);

        _held.Waiting.Should().Be(1);
    }

    [Fact]
    public void The_list_says_how_many_wait_and_shows_them_when_asked()
    {
        var list = Aimed();
        Board.Receive(_milk);
        list.Render();

        Board.Receive(new TaskChanged(ATask.Owner, 1, _eggs.TaskId, _eggs, null, Time.GetUtcNow()));
        list.Render(p => p.Add(c => c.Tasks, [_milk, _eggs]));

        list.FindAll("[data-testid=task-title]").Should().HaveCount(1);
        list.Find("[data-testid=updates-pill]").TextContent.Should().Be("1 update");
        list.Find("[data-testid=updates-pill]").Click();
        list.FindAll("[data-testid=task-title]").Should().HaveCount(2);
        list.FindAll("[data-testid=updates-pill]").Should().BeEmpty();
    }

    private IRenderedComponent<TaskList> Aimed()
    {
        _ = Get<Browser>().FocusAsync("x");
        JSInterop.Setup<bool>("todo.isAimedAt", _ => true).SetResult(true);
        return Render<TaskList>(p => p.Add(c => c.Tasks, [_milk]));
    }

    private IReadOnlyList<TaskView> Next(IReadOnlyList<TaskView> wanted, long own, Func<Guid, TaskView?>? find = null) =>
        _held.Next(wanted, own, () => _aimed, find ?? (_ => null));
}
