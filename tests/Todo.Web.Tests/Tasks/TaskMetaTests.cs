using System.Net;
using Bunit;
using Bunit.TestDoubles;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Projects;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskMetaTests : PageTest
{
    private static readonly ProjectView _home = new() { ProjectId = Guid.NewGuid(), Name = "Home", Colour = "green" };

    [Theory]
    [InlineData("today", true)]
    [InlineData("search?q=milk", true)]
    [InlineData("inbox", false)]
    [InlineData("projects/0190aaaa-0000-7000-8000-000000000009", false)]
    public async Task A_row_names_its_project_where_the_page_does_not(string place, bool says)
    {
        await LoadAsync();
        Get<BunitNavigationManager>().NavigateTo(place);

        var meta = Render<TaskMeta>(p => p.Add(c => c.Task, ATask.Called("Milk") with { ProjectId = _home.ProjectId }));

        meta.FindAll("[data-testid=row-project]").Should().HaveCount(says ? 1 : 0);
    }

    [Fact]
    public async Task A_row_takes_up_the_project_that_loads_after_it()
    {
        Get<BunitNavigationManager>().NavigateTo("today");
        Board.Receive(ATask.Called("Milk").Due("2026-11-23") with { ProjectId = _home.ProjectId });
        var page = Render<TodayPage>();
        page.FindAll("[data-testid=row-project]").Should().BeEmpty();

        await LoadAsync();

        page.WaitForAssertion(() => page.Find("[data-testid=row-project]").ClassList.Should().Contain("tint-green"));
    }

    [Theory]
    [InlineData("completed", true)]
    [InlineData("inbox", false)]
    public void A_completed_task_says_when_where_the_page_says_the_day(string place, bool says)
    {
        Get<BunitNavigationManager>().NavigateTo(place);

        var meta = Render<TaskMeta>(p => p.Add(c => c.Task, ATask.Called("Milk") with { State = Contracts.Tasks.TaskState.Completed, CompletedAt = Time.GetUtcNow() }));

        meta.FindAll("[data-testid=done-at]").Select(chip => chip.TextContent).Should().Equal(says ? ["Completed 12:00"] : Array.Empty<string>());
    }

    [Fact]
    public void A_reminder_says_its_time_where_no_date_does()
    {
        var task = ATask.Called("Milk").Due("2026-11-23") with { Reminders = [new(Guid.NewGuid(), MinutesBefore: 0)] };

        Render<TaskMeta>(p => p.Add(c => c.Task, task).Add(c => c.HideDate, true)).Find(".reminds-at").TextContent.Should().Be("on the day");
        Render<TaskMeta>(p => p.Add(c => c.Task, task)).FindAll(".reminds-at").Should().BeEmpty();
    }

    private async Task LoadAsync()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new ProjectList([_home])));
        await Get<ProjectBoard>().LoadAsync();
    }
}
