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
}
