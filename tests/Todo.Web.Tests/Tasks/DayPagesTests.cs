using Bunit;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Projects;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

/// <summary>Today and Upcoming, shown as their person wants them.</summary>
public sealed class DayPagesTests : PageTest
{
    private readonly ProjectView _home = new() { ProjectId = Guid.NewGuid(), Name = "Home", Order = "U1" };
    private readonly TaskView _plants;
    private readonly TaskView _ana = ATask.Called("Answer Ana", "U2").Due("2026-11-23", "15:00") with { Priority = 1 };
    private readonly TaskView _drill = ATask.Called("Return the drill", "U3").Due("2026-11-20");

    public DayPagesTests()
    {
        _plants = ATask.Called("Water the plants", "U1").Due("2026-11-23", "18:00") with { ProjectId = _home.ProjectId, Priority = 2 };
        Board.Receive([_plants, _ana, _drill]);
    }

    [Theory]
    [InlineData("Priority", "Priority 1: Answer Ana; Priority 2: Water the plants")]
    [InlineData("Project", "Inbox: Answer Ana; Home: Water the plants")]
    public async Task Today_is_parted_as_its_person_wants_below_what_is_late(string group, string parts)
    {
        await LoadProjectsAsync();
        var page = Render<TodayPage>();
        page.Find("[data-testid=view-menu]").Click();
        page.FindAll("[data-testid=view-group] option").Select(option => option.TextContent).Should().NotContain("Date", "there is only one");

        page.Find("[data-testid=view-group]").Change(group);

        page.WaitForAssertion(() => Parts(page).Should().Be(parts));
        page.Find("[data-testid=overdue-list]").TextContent.Should().Contain("Return the drill");
    }

    [Fact]
    public async Task A_task_added_to_a_part_of_today_is_due_today_and_belongs_there()
    {
        await LoadProjectsAsync();
        var page = Render<TodayPage>();
        page.Find("[data-testid=view-menu]").Click();
        page.Find("[data-testid=view-group]").Change("Project");
        page.WaitForAssertion(() => page.FindAll("[data-testid=chosen-group]").Count.Should().Be(2));

        page.FindAll("[data-testid=add-here]")[1].Click();
        page.Find("[data-testid=quick-add-title]").Input("Sweep the stairs");
        page.Find("[data-testid=quick-add]").Submit();

        page.WaitForAssertion(() => Board.Tasks.Should().Contain(task => task.Title == "Sweep the stairs" && task.ProjectId == _home.ProjectId && task.Due == new Due(new(2026, 11, 23))));
    }

    [Fact]
    public void The_days_of_upcoming_are_sorted_as_its_person_wants()
    {
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("upcoming");
        var page = Render<UpcomingPage>();
        Titles(page).Should().Equal("Return the drill", "Answer Ana", "Water the plants");
        page.Find("[data-testid=view-menu]").Click();

        page.Find("[data-testid=view-sort]").Change("Added");
        page.Find("[data-testid=view-sort]").Change("Name");
        Board.Receive(_ana with { Title = "Zoe has to be answered", Version = 2 });

        page.WaitForAssertion(() => Titles(page).Should().Equal("Return the drill", "Water the plants", "Zoe has to be answered"));
    }

    [Fact]
    public void A_page_without_tasks_counts_none()
    {
        var page = Render<InboxPage>();
        page.Find("[data-testid=count]").TextContent.Should().NotBeEmpty();

        Board.Clear();

        page.WaitForAssertion(() => page.Find("[data-testid=count]").TextContent.Should().BeEmpty());
    }

    [Fact]
    public void What_is_late_gets_another_day_from_upcoming_too()
    {
        var page = Render<UpcomingPage>();

        page.Find("[data-testid=reschedule]").Click();
        page.FindAll("[data-testid=due-choice]")[1].Click();

        page.WaitForAssertion(() => Board.Find(_drill.TaskId)!.Due.Should().Be(new Due(new(2026, 11, 24))));
    }

    [Fact]
    public void The_first_day_one_can_begin_is_set_in_the_detail_and_said_in_the_row()
    {
        var detail = Render<TaskDetail>(p => p.Add(shown => shown.TaskId, _drill.TaskId));

        detail.Find("[data-testid=detail-start]").Change("1 dec");

        detail.WaitForAssertion(() => Board.Find(_drill.TaskId)!.Start.Should().Be(new Due(new(2026, 12, 1))));
        Server.Asked.Should().ContainSingle(asked => asked.Method == "PATCH" && asked.Body.StartsWith("""{"start":""", StringComparison.Ordinal));
        Render<UpcomingPage>().Find("[data-testid=starts]").TextContent.Should().Be("From 1 Dec");
    }

    private static string Parts(IRenderedComponent<TodayPage> page) => string.Join("; ", page.FindAll("[data-testid=chosen-group]").Select(part =>
        $"{part.QuerySelector("h2")!.TextContent}: {string.Join(", ", part.QuerySelectorAll("[data-testid=task-title]").Select(title => title.TextContent))}"));

    private static IEnumerable<string> Titles(IRenderedComponent<UpcomingPage> page) => page.FindAll("[data-testid=task-title]").Select(title => title.TextContent);

    private async Task LoadProjectsAsync()
    {
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.OK, Api.Json(new ProjectList([_home])));
        await Get<ProjectBoard>().LoadAsync();
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.NoContent, "");
    }
}
