using System.Net;
using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Todo.Contracts;
using Todo.Contracts.Bulk;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Projects;
using Todo.Web.Tasks;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Projects;

public sealed class ProjectCopiesTests : PageTest
{
    private static readonly SectionView Kitchen = new(Guid.NewGuid(), "Kitchen", "U1");
    private static readonly SectionView Bath = new(Guid.NewGuid(), "Bath", "U2");
    private static readonly ProjectView Home = new() { ProjectId = Guid.NewGuid(), Name = "Home", Colour = "teal", Order = "U1", Sections = [Kitchen, Bath] };
    private static readonly ProjectView Work = new() { ProjectId = Guid.NewGuid(), Name = "Work", Order = "U2" };

    private ProjectBoard Projects => Get<ProjectBoard>();

    private List<BulkCommand> Created => [.. Asked<BulkRequest>("bulk").SelectMany(request => request.Commands)];

    [Fact]
    public async Task A_project_is_copied_with_its_sections_and_its_open_tasks_and_all_that_is_said_of_them()
    {
        await LoadAsync();
        var oven = AtHome("Clean the oven", "U1") with
        {
            SectionId = Kitchen.SectionId,
            Notes = "**gently**",
            Priority = 2,
            Labels = ["quick"],
            Due = new(new(2026, 11, 24), new(9, 0)),
            Deadline = new(2026, 12, 1),
            Reminders = [new(Guid.NewGuid(), MinutesBefore: 30)],
            Recurrence = new("FREQ=WEEKLY"),
        };
        var (door, hinge) = (AtHome("Door", "U2") with { ParentId = oven.TaskId, SectionId = Kitchen.SectionId }, AtHome("Hinge", "U4"));
        Board.Receive([oven, door, hinge with { ParentId = door.TaskId }, AtHome("Sweep", "U3"), AtHome("Done", "U5") with { State = TaskState.Completed }, ATask.Called("Elsewhere", "U6")]);

        await Get<ProjectCopies>().DuplicateAsync(Home);

        var copy = Projects.Open.Single(project => project.Name == "Home (copy)");
        copy.Should().BeEquivalentTo(new { Colour = "teal", ParentId = (Guid?)null, Sections = new[] { new { Name = "Kitchen", Order = "U1" }, new { Name = "Bath", Order = "U2" } } });
        Projects.Open.Select(project => project.Name).Should().Equal("Home", "Home (copy)", "Work");
        copy.Sections.Select(section => section.SectionId).Should().NotContain([Kitchen.SectionId, Bath.SectionId]);
        Created.Select(command => command.Task!.Title).Should().Equal("Clean the oven", "Door", "Hinge", "Sweep");
        Created.Should().OnlyContain(command => command.Verb == BulkVerb.Create && command.Task!.ProjectId == copy.ProjectId && command.Task.TaskId == command.TaskId);
        Created.Select(command => command.TaskId).Should().BeInAscendingOrder("what is made in one moment is shown in the order of its ids").And.OnlyHaveUniqueItems();
        var (first, second, third, fourth) = (Created[0].Task!, Created[1].Task!, Created[2].Task!, Created[3].Task!);
        first.Should().BeEquivalentTo(new { oven.Title, oven.Notes, oven.Priority, oven.Labels, oven.Due, oven.Deadline, oven.Recurrence, SectionId = (Guid?)copy.Sections[0].SectionId, ParentId = (Guid?)null });
        first.Reminders.Should().ContainSingle(reminder => reminder.MinutesBefore == 30 && reminder.ReminderId != oven.Reminders[0].ReminderId);
        (second.ParentId, third.ParentId, fourth.ParentId, fourth.SectionId).Should().Be((first.TaskId, second.TaskId, null, null));
        Get<NavigationManager>().Uri.Should().EndWith($"projects/{copy.ProjectId}");
    }

    [Fact]
    public async Task One_undo_takes_the_whole_copy_away_and_leads_back()
    {
        await LoadAsync();
        Board.Receive(AtHome("Sweep", "U1"));
        await Get<ProjectCopies>().DuplicateAsync(Home);
        var copy = Projects.Open.Single(project => project.Name == "Home (copy)");

        (await Get<UndoHistory>().UndoAsync()).Should().Be("Duplicated “Home”");

        Server.Asked[^1].Should().Be(("DELETE", $"projects/{copy.ProjectId}", ""));
        Get<NavigationManager>().Uri.Should().EndWith($"projects/{Home.ProjectId}");
    }

    [Fact]
    public async Task A_long_one_goes_in_parts_says_how_far_it_is_and_goes_on_after_a_failure()
    {
        await LoadAsync();
        Board.Receive(Enumerable.Range(0, 450).Select(n => AtHome($"Task {n}", $"U{n:D3}1")));
        var said = new List<string>();
        Get<Toasts>().Changed += () => said.AddRange(Get<Toasts>().Shown.Select(toast => toast.Text).Except(said));
        var bulks = 0;
        Server.Answer = (_, path, body) => path == "bulk" && ++bulks == 2 ? (HttpStatusCode.Conflict, """{"title":"Conflict","status":409,"detail":"Not just now."}""") : Answer(path, body);

        await Get<ProjectCopies>().DuplicateAsync(Home);
        var stopped = Get<Toasts>().Shown.Single(toast => toast.Kind == ToastKind.Error);
        await stopped.Act!();

        stopped.Text.Should().StartWith("200 of 450 tasks are copied.").And.Contain("Not just now.");
        said.Should().Contain("Duplicating “Home”: 0 of 450 tasks").And.Contain("Duplicating “Home”: 400 of 450 tasks").And.Contain("“Home” duplicated, all 450 tasks");
        Asked<BulkRequest>("bulk").Select(request => request.Commands.Count).Should().Equal(200, 200, 200, 50);
        Board.Tasks.Count(task => task.ProjectId != Home.ProjectId).Should().Be(450);
    }

    [Fact]
    public async Task What_could_not_be_copied_is_counted_and_the_first_of_it_named()
    {
        await LoadAsync();
        Board.Receive([AtHome("Sweep", "U1"), AtHome("Old series", "U2")]);
        Server.Answer = (_, path, body) => Answer(path, body, refused: "Old series");

        await Get<ProjectCopies>().DuplicateAsync(Home);

        Get<Toasts>().Shown.Should().ContainSingle(toast => toast.Kind == ToastKind.Error).Which.Text.Should().Be("1 of 2 tasks could not be copied. “Old series”: It never comes.");
    }

    [Fact]
    public async Task Nothing_is_copied_into_a_project_that_the_server_would_not_have()
    {
        await LoadAsync();
        Board.Receive(AtHome("Sweep", "U1"));
        Server.Refuse("name", "At most 500 projects.");

        await Get<ProjectCopies>().DuplicateAsync(Home);

        Asked<BulkRequest>("bulk").Should().BeEmpty();
        Projects.Open.Should().HaveCount(2);
        Get<NavigationManager>().Uri.Should().EndWith($"projects/{Home.ProjectId}");
    }

    [Fact]
    public async Task A_section_is_copied_below_itself_and_one_undo_takes_it_and_its_tasks_away()
    {
        await LoadAsync();
        Board.Receive([AtHome("Clean the oven", "U1") with { SectionId = Kitchen.SectionId }, AtHome("Sweep", "U2")]);
        Server.Answer = (_, path, body) => Answer(path, body);

        await Get<ProjectCopies>().DuplicateAsync(Home, Kitchen);

        var sections = Projects.Find(Home.ProjectId)!.Sections.OrderBy(section => section.Order, StringComparer.Ordinal).ToList();
        sections.Select(section => section.Name).Should().Equal("Kitchen", "Kitchen (copy)", "Bath");
        Created.Should().ContainSingle().Which.Task.Should().BeEquivalentTo(new { Title = "Clean the oven", ProjectId = (Guid?)Home.ProjectId, SectionId = (Guid?)sections[1].SectionId });
        await Get<UndoHistory>().UndoAsync();
        Server.Asked.Select(asked => (asked.Method, asked.Path)).Should().EndWith([("DELETE", $"tasks/{Created[0].TaskId}"), ("DELETE", $"projects/{Home.ProjectId}/sections/{sections[1].SectionId}")]);
        Projects.Find(Home.ProjectId)!.Sections.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_section_goes_to_another_project_with_its_tasks_at_once_and_back()
    {
        await LoadAsync();
        var oven = AtHome("Clean the oven", "U1") with { SectionId = Kitchen.SectionId };
        Board.Receive([oven, AtHome("Sweep", "U2")]);
        var page = Render<SectionMenu>(p => p.Add(menu => menu.Project, Home).Add(menu => menu.Section, Kitchen));
        page.Find("[data-testid=section-menu]").Click();
        page.Find("[data-testid=section-move]").Click();
        page.FindAll("[data-testid=pick-project]").Select(pick => pick.TextContent.Trim()).Should().Equal("Work");
        page.FindAll("[data-testid=pick-section]").Should().BeEmpty();
        var held = Server.Hold();

        page.Find("[data-testid=pick-project]").Click();

        page.WaitForAssertion(() => Projects.Find(Work.ProjectId)!.Sections.Should().ContainSingle(section => section.Name == "Kitchen"));
        Projects.Find(Home.ProjectId)!.Sections.Should().ContainSingle(section => section.Name == "Bath");
        Board.Find(oven.TaskId).Should().BeEquivalentTo(new { ProjectId = (Guid?)Work.ProjectId, SectionId = (Guid?)Kitchen.SectionId });
        held.SetResult((HttpStatusCode.NoContent, ""));
        page.WaitForAssertion(() => Board.IsPending(oven.TaskId).Should().BeFalse());
        Server.Asked.Should().ContainSingle(asked => asked.Method != "GET").Which.Path.Should().Be($"projects/{Home.ProjectId}/sections/{Kitchen.SectionId}");

        await Get<UndoHistory>().UndoAsync();

        Projects.Find(Home.ProjectId)!.Sections.Should().Contain(Kitchen);
        Board.Find(oven.TaskId)!.ProjectId.Should().Be(Home.ProjectId);
    }

    [Fact]
    public async Task A_section_that_may_not_go_stays_with_its_tasks()
    {
        await LoadAsync();
        var oven = AtHome("Clean the oven", "U1") with { SectionId = Kitchen.SectionId };
        Board.Receive(oven);
        Server.Refuse("projectId", "There is no such project.");

        await Get<SectionMoves>().ToAsync(Home, Kitchen, Work.ProjectId);

        Projects.Find(Home.ProjectId)!.Sections.Should().Contain(Kitchen);
        Board.Find(oven.TaskId).Should().BeEquivalentTo(oven);
    }

    private static TaskView AtHome(string title, string order) => ATask.Called(title, order) with { ProjectId = Home.ProjectId };

    private static (HttpStatusCode, string) Answer(string path, string body, string? refused = null) => path != "bulk" ? (HttpStatusCode.NoContent, "") : (HttpStatusCode.OK, Api.Json(new BulkAnswer(
        [
            .. JsonSerializer.Deserialize<BulkRequest>(body, ContractsJson.Default.Options)!.Commands.Select(command => command.Task!.Title == refused
                ? new BulkResult(command.TaskId, 409, Detail: "It never comes.")
                : new BulkResult(command.TaskId, 201, ATask.Called(command.Task.Title!) with { TaskId = command.TaskId, ProjectId = command.Task.ProjectId, SectionId = command.Task.SectionId })),
        ], null)));

    private List<T> Asked<T>(string path) => [.. Server.Asked.Where(asked => asked.Path == path).Select(asked => JsonSerializer.Deserialize<T>(asked.Body, ContractsJson.Default.Options)!)];

    private async Task LoadAsync()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new ProjectList([Home, Work])));
        await Projects.LoadAsync();
        Server.Answer = (_, _, _) => (HttpStatusCode.NoContent, "");
        Server.Asked.Clear();
    }
}
