using Bunit;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class SelectionBarTests : PageTest
{
    [Fact]
    public void A_label_is_added_to_what_each_task_has()
    {
        var (milk, bread) = (ATask.Called("Milk") with { Labels = ["home"] }, ATask.Called("Bread", "U2") with { Labels = ["quick"] });
        Board.Receive([milk, bread]);
        Get<Workspace>().Select([milk.TaskId, bread.TaskId]);
        var bar = Render<SelectionBar>();

        bar.Find("[data-testid=bulk-label]").Click();
        bar.FindAll("[data-testid=pick-label]").First(label => label.TextContent.Contains("quick")).Click();

        Board.Find(milk.TaskId)!.Labels.Should().Equal("home", "quick");
        Board.Find(bread.TaskId)!.Labels.Should().Equal("quick");
        Get<Workspace>().Selected.Should().BeEmpty();
    }

    [Fact]
    public async Task A_deadline_is_set_for_all_of_them_and_one_undo_takes_it_away()
    {
        var (milk, bread) = (ATask.Called("Milk"), ATask.Called("Bread", "U2"));
        Board.Receive([milk, bread]);
        Get<Workspace>().Select([milk.TaskId, bread.TaskId]);
        var bar = Render<SelectionBar>();

        bar.Find("[data-testid=bulk-deadline]").Click();
        bar.Find("[data-testid=bulk-deadline-day]").Change("5 dec");

        bar.WaitForAssertion(() => Board.Tasks.Should().OnlyContain(task => task.Deadline == new DateOnly(2026, 12, 5)));
        Get<Toasts>().Shown.Should().ContainSingle().Which.Text.Should().Contain("2 tasks to be done by");
        await Get<UndoHistory>().UndoAsync();
        Board.Tasks.Should().OnlyContain(task => task.Deadline == null);
    }

    [Fact]
    public async Task Each_is_duplicated_below_itself_and_a_part_once_with_its_whole()
    {
        var (milk, bread) = (ATask.Called("Milk"), ATask.Called("Bread", "U3"));
        var part = ATask.Called("Sliced", "U2") with { ParentId = bread.TaskId };
        Board.Receive([milk, bread, part]);
        Get<Workspace>().Select([milk.TaskId, part.TaskId, bread.TaskId]);
        var bar = Render<SelectionBar>();

        bar.Find("[data-testid=bulk-duplicate]").Click();

        bar.WaitForAssertion(() => Board.Tasks.Where(task => task.ParentId is null).Select(task => task.Title).Should().Equal("Milk", "Milk", "Bread", "Bread"));
        Board.Tasks.Where(task => task.Title == "Sliced").Select(task => task.ParentId).Should().OnlyHaveUniqueItems().And.HaveCount(2);
        await Get<UndoHistory>().UndoAsync();
        Board.Tasks.Where(task => task.DeletedAt is null).Should().BeEquivalentTo([milk, bread, part]);
    }
}
