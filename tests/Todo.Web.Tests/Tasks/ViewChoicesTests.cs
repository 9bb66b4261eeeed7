using Bunit;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class ViewChoicesTests : PageTest
{
    private readonly TaskView _milk = ATask.Called("Buy milk", "U1") with { Priority = 3, Labels = ["shop"] };
    private readonly TaskView _ana = ATask.Called("Answer Ana", "U2").Due("2026-11-23") with { Priority = 1 };
    private readonly TaskView _dentist = ATask.Called("Dentist", "U3").Due("2026-11-24", "09:00") with { Priority = 1, Labels = ["shop", "health"] };

    public ViewChoicesTests()
    {
        Board.Receive([_milk, _ana, _dentist]);
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("inbox");
    }

    [Theory]
    [InlineData("Own", "Buy milk, Answer Ana, Dentist")]
    [InlineData("Date", "Answer Ana, Dentist, Buy milk")]
    [InlineData("Priority", "Answer Ana, Dentist, Buy milk")]
    [InlineData("Name", "Answer Ana, Buy milk, Dentist")]
    public void A_list_is_in_the_order_its_person_wants(string sort, string titles)
    {
        var page = Shown();

        page.Find("[data-testid=view-sort]").Change(sort);

        page.WaitForAssertion(() => Titles(page).Should().Equal(titles.Split(", ")));
        page.FindAll(".tasks[data-drop=order]").Count.Should().Be(sort == "Own" ? 1 : 0, "in another order than one's own there are no places to move to");
    }

    [Theory]
    [InlineData("Date", "Today: Answer Ana; Tomorrow: Dentist; No date: Buy milk")]
    [InlineData("Priority", "Priority 1: Answer Ana, Dentist; Priority 3: Buy milk")]
    [InlineData("Label", "@health: Dentist; @shop: Buy milk, Dentist; No label: Answer Ana")]
    public void A_list_is_parted_as_its_person_wants(string group, string parts)
    {
        var page = Shown();

        page.Find("[data-testid=view-group]").Change(group);

        page.WaitForAssertion(() => string.Join("; ", page.FindAll("[data-testid=chosen-group]").Select(part =>
            $"{part.QuerySelector("h2")!.TextContent}: {string.Join(", ", part.QuerySelectorAll("[data-testid=task-title]").Select(title => title.TextContent))}")).Should().Be(parts));
    }

    [Fact]
    public void A_task_added_to_a_part_belongs_there()
    {
        var page = Shown();
        page.Find("[data-testid=view-group]").Change("Priority");
        page.WaitForAssertion(() => page.Find("[data-testid=chosen-group]"));

        page.FindAll("[data-testid=add-here]")[0].Click();
        page.Find("[data-testid=quick-add-title]").Input("Ring the bank");
        page.Find("[data-testid=quick-add]").Submit();

        page.WaitForAssertion(() => Board.Tasks.Should().Contain(task => task.Title == "Ring the bank" && task.Priority == 1));
    }

    [Fact]
    public void What_is_completed_of_a_list_is_asked_for_and_shown_when_wanted()
    {
        var done = ATask.Called("Done long ago") with { State = TaskState.Completed, CompletedAt = Time.GetUtcNow().AddDays(-3) };
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.OK, Api.Json(new TaskPage([done])));
        var page = Shown();
        page.FindAll("[data-testid=done-here]").Should().BeEmpty();

        page.Find("[data-testid=view-completed]").Change(true);

        page.WaitForAssertion(() => page.Find("[data-testid=done-here] [data-testid=task-title]").TextContent.Should().Be("Done long ago"));
        Server.Asked.Should().ContainSingle(asked => asked.Path == "tasks?view=completed&limit=50&filter=inbox");
    }

    [Fact]
    public async Task A_choice_holds_for_its_own_list_and_is_there_again_after_a_reload()
    {
        var choices = Get<ViewChoices>();
        await choices.SetAsync("inbox", new(Grouping.Priority, Sorting.Name, true));
        var kept = (string)Module.VerifyInvoke("remember").Arguments[1]!;
        Module.Setup<string?>("recall", "views").SetResult(kept + "\nnonsense|x|y|z");

        var again = new ViewChoices(Get<Todo.Web.Layout.Browser>());
        await again.LoadAsync();

        again.Of("inbox").Should().Be(new ViewChoice(Grouping.Priority, Sorting.Name, true));
        again.Of("today").Should().Be(ViewChoice.Usual);
    }

    private IRenderedComponent<InboxPage> Shown()
    {
        var page = Render<InboxPage>();
        page.Find("[data-testid=view-menu]").Click();
        return page;
    }

    private static IEnumerable<string> Titles(IRenderedComponent<InboxPage> page) => page.FindAll("[data-testid=task-title]").Select(title => title.TextContent);
}
