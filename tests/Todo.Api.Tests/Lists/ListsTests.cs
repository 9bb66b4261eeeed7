using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Lists;

public sealed class ListsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_project_holds_sections_and_tasks_and_takes_them_along_when_it_is_put_away()
    {
        var ana = await api.SomebodyAsync();
        var project = await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Home", colour = "teal" });
        var section = await MakeAsync<SectionView>(ana, $"/api/v1/projects/{project.ProjectId}/sections", new { name = "Kitchen" });
        await ana.AddAsync(new CreateTaskRequest { Title = "Tiles", ProjectId = project.ProjectId, SectionId = section.SectionId });
        await ana.AddAsync("elsewhere");

        await ana.Http.PatchAsJsonAsync($"/api/v1/projects/{project.ProjectId}", new { archived = true });
        var away = await ana.TitlesAsync("open");
        await ana.Http.PatchAsJsonAsync($"/api/v1/projects/{project.ProjectId}", new { archived = false });
        var back = await ana.GetAsync<TaskPage>($"/api/v1/tasks?view=project&projectId={project.ProjectId}");

        away.Should().Equal("elsewhere");
        back.Items.Should().ContainSingle().Which.SectionId.Should().Be(section.SectionId);
        var list = await ana.GetAsync<ProjectList>("/api/v1/projects");
        list.Items.Should().ContainSingle().Which.Sections.Should().ContainSingle().Which.Name.Should().Be("Kitchen");
    }

    [Fact]
    public async Task The_tasks_of_a_deleted_project_lie_in_the_trash()
    {
        var ana = await api.SomebodyAsync();
        var project = await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Home" });
        var task = await ana.AddAsync(new CreateTaskRequest { Title = "Tiles", ProjectId = project.ProjectId });

        (await ana.Http.DeleteAsync($"/api/v1/projects/{project.ProjectId}")).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await ana.TitlesAsync("trash")).Should().Equal("Tiles");
        (await ana.DoAsync(task, "restore")).ProjectId.Should().BeNull();
    }

    [Fact]
    public async Task Nobody_puts_tasks_into_the_projects_of_others()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var project = await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Home" });

        var answer = await ben.Http.PostAsJsonAsync("/api/v1/tasks", new { title = "planted", projectId = project.ProjectId });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_renamed_label_is_renamed_on_every_task()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync(new CreateTaskRequest { Title = "one", Labels = ["hom", "x"] });
        await ana.AddAsync(new CreateTaskRequest { Title = "two", Labels = ["hom"] });

        await ana.Http.PatchAsJsonAsync("/api/v1/labels/hom", new { name = "home", colour = "red" });

        var labels = await ana.GetAsync<LabelList>("/api/v1/labels");
        labels.Items.Should().Equal(new LabelView("home", "red", false, 2), new LabelView("x", null, false, 1));
        (await ana.GetAsync<TaskPage>("/api/v1/tasks?label=home")).Items.Should().HaveCount(2);
    }

    [Fact]
    public async Task Labels_that_differ_in_case_alone_are_one_label()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync(new CreateTaskRequest { Title = "one", Labels = ["Phone"] });
        await ana.AddAsync(new CreateTaskRequest { Title = "two", Labels = ["phone", "PHONE"] });

        (await ana.GetAsync<LabelList>("/api/v1/labels")).Items.Should().ContainSingle().Which.OpenTasks.Should().Be(2);
        (await ana.GetAsync<TaskPage>("/api/v1/tasks?label=pHone")).Items.Should().HaveCount(2);
        (await ana.GetAsync<TaskPage>($"/api/v1/tasks?filter={Uri.EscapeDataString("@PHONE")}")).Items.Should().HaveCount(2);

        await ana.Http.PatchAsJsonAsync("/api/v1/labels/phone", new { colour = "red" });
        await ana.Http.PatchAsJsonAsync("/api/v1/labels/PHONE", new { name = "phone", favourite = true });

        (await ana.GetAsync<LabelList>("/api/v1/labels")).Items.Should().Equal(new LabelView("phone", "red", true, 2));
        (await ana.GetAsync<TaskPage>("/api/v1/tasks")).Items.Should().AllSatisfy(task => task.Labels.Should().Equal("phone"));

        await ana.Http.DeleteAsync("/api/v1/labels/Phone");

        (await ana.GetAsync<LabelList>("/api/v1/labels")).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_project_of_more_tasks_than_a_batch_goes_with_all_of_them()
    {
        var ana = await api.SomebodyAsync();
        var project = await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Large" });
        await api.InStorageAsync(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO tasks.tasks (task_id, owner_id, project_id, title, state, priority, labels, reminders, zone, sort_order, created_at, updated_at, version)
            SELECT gen_random_uuid(), {ana.Id}, {project.ProjectId}, 'Task ' || n, 'open', 4, ARRAY['hom'], '[]', 'UTC', 'U' || n || '1', now(), now(), 1 FROM generate_series(1, 1200) n;
            UPDATE tasks.tasks SET label_keys = labels WHERE owner_id = {ana.Id}
            """));

        await ana.Http.PatchAsJsonAsync("/api/v1/labels/hom", new { name = "HOM" });
        (await ana.GetAsync<LabelList>("/api/v1/labels")).Items.Should().Equal(new LabelView("HOM", null, false, 1200));
        await ana.Http.PatchAsJsonAsync($"/api/v1/projects/{project.ProjectId}", new { archived = true });
        (await ana.TitlesAsync("open")).Should().BeEmpty();
        await ana.Http.PatchAsJsonAsync($"/api/v1/projects/{project.ProjectId}", new { archived = false });
        (await ana.GetAsync<CountsView>("/api/v1/tasks/counts")).Projects.Should().Equal(new Dictionary<Guid, int> { [project.ProjectId] = 1200 });

        (await ana.Http.DeleteAsync($"/api/v1/projects/{project.ProjectId}")).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await ana.GetAsync<ProjectList>("/api/v1/projects")).Items.Should().BeEmpty();
        (await ana.TitlesAsync("trash", 500)).Should().HaveCount(1200);
        (await ana.ChangesAsync(0)).FullSync.Should().BeFalse();
    }

    [Fact]
    public async Task Filters_find_what_they_say_and_searches_what_was_begun()
    {
        var ana = await api.SomebodyAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var project = await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Work" });
        await ana.AddAsync(new CreateTaskRequest { Title = "urgent report", Priority = 1, Due = new Due(today), ProjectId = project.ProjectId });
        await ana.AddAsync(new CreateTaskRequest { Title = "overdue call", Due = new Due(today.AddDays(-2)), Labels = ["phone"] });
        await ana.AddAsync(new CreateTaskRequest { Title = "some day", Notes = "write the reporting tool" });

        (await FilteredAsync("today & p1 & #work")).Should().Equal("urgent report");
        (await FilteredAsync("overdue | no date")).Should().BeEquivalentTo("overdue call", "some day");
        (await FilteredAsync("@ph* & !p1")).Should().Equal("overdue call");
        await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Home (old), & co!" });
        (await FilteredAsync("""#"Home (old), & co!" | #"Work" & p1""")).Should().Equal("urgent report");
        (await FilteredAsync("search: report")).Should().BeEquivalentTo("urgent report", "some day");
        (await FilteredAsync("created after: yesterday & !recurring & !subtask")).Should().HaveCount(3);
        (await ana.GetAsync<TaskPage>("/api/v1/tasks?q=repor")).Items.Select(t => t.Title).Should().Equal("urgent report", "some day");
        var wrong = await ana.Http.GetAsync($"/api/v1/tasks?filter={Uri.EscapeDataString("today & nonsense")}");
        (await Person.ReadAsync<JsonObject>(wrong, HttpStatusCode.BadRequest))["errors"]!["filter"]![0]!.GetValue<string>().Should().StartWith("At character 9: Not understood: nonsense");

        async Task<List<string>> FilteredAsync(string filter) =>
            [.. (await ana.GetAsync<TaskPage>($"/api/v1/tasks?filter={Uri.EscapeDataString(filter)}")).Items.Select(t => t.Title)];
    }

    [Fact]
    public async Task A_saved_filter_must_make_sense()
    {
        var ana = await api.SomebodyAsync();

        await MakeAsync<FilterView>(ana, "/api/v1/filters", new { name = "Now", query = "today | overdue" });
        var nonsense = await ana.Http.PostAsJsonAsync("/api/v1/filters", new { name = "No", query = "todai" });

        nonsense.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ana.GetAsync<FilterList>("/api/v1/filters")).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task Counts_and_calendar_agree_with_the_lists()
    {
        var ana = await api.SomebodyAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await ana.AddAsync(new CreateTaskRequest { Title = "now", Due = new Due(today) });
        await ana.AddAsync(new CreateTaskRequest { Title = "late", Due = new Due(today.AddDays(-3)) });
        var weekly = await ana.AddAsync(new CreateTaskRequest { Title = "weekly", Due = new Due(today.AddDays(1)), Recurrence = new("FREQ=WEEKLY") });

        var counts = await ana.GetAsync<CountsView>("/api/v1/tasks/counts");
        var calendar = await ana.GetAsync<CalendarView>($"/api/v1/calendar?from={today:yyyy-MM-dd}&to={today.AddDays(20):yyyy-MM-dd}");

        counts.Should().BeEquivalentTo(new CountsView(3, 1, 1, 1, 3, new Dictionary<Guid, int>()));
        calendar.Tasks.Select(t => t.Title).Should().Equal("now", "weekly");
        calendar.Upcoming.Should().Equal(new FutureOccurrence(weekly.TaskId, new Due(today.AddDays(8))), new FutureOccurrence(weekly.TaskId, new Due(today.AddDays(15))));
    }

    [Fact]
    public async Task A_line_becomes_a_task_in_its_project()
    {
        var ana = await api.SomebodyAsync();
        var project = await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Home" });

        var answer = await Person.ReadAsync<QuickAddAnswer>(await ana.Http.PostAsJsonAsync("/api/v1/tasks/quick-add", new { text = "Tiles #home @shop p2 !30m tomorrow 9am" }));

        answer.Task!.Title.Should().Be("Tiles");
        answer.Task.ProjectId.Should().Be(project.ProjectId);
        answer.Task.Reminders.Should().ContainSingle().Which.MinutesBefore.Should().Be(30);
        answer.Understood.Tokens.Should().HaveCount(5);
    }

    [Fact]
    public async Task A_section_goes_to_another_project_with_all_that_is_in_it()
    {
        var ana = await api.SomebodyAsync();
        var (home, work) = (await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Home" }), await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Work" }));
        var first = await MakeAsync<SectionView>(ana, $"/api/v1/projects/{work.ProjectId}/sections", new { name = "First" });
        var section = await MakeAsync<SectionView>(ana, $"/api/v1/projects/{home.ProjectId}/sections", new { name = "Kitchen", order = "A" });
        var oven = await ana.AddAsync(new CreateTaskRequest { Title = "oven", ProjectId = home.ProjectId, SectionId = section.SectionId });
        var done = await ana.DoAsync(await ana.AddAsync(new CreateTaskRequest { Title = "done", ProjectId = home.ProjectId, SectionId = section.SectionId, ParentId = oven.TaskId }), "complete");
        var astray = await ana.AddAsync(new CreateTaskRequest { Title = "part in no section", ProjectId = home.ProjectId, ParentId = oven.TaskId });
        var thrown = await ana.AddAsync(new CreateTaskRequest { Title = "thrown away", ProjectId = home.ProjectId, SectionId = section.SectionId });
        await ana.DeleteAsync(thrown);
        var other = await ana.AddAsync(new CreateTaskRequest { Title = "other", ProjectId = home.ProjectId });
        var since = (await ana.ChangesAsync()).Sequence;

        var answer = await ana.Http.PatchAsJsonAsync($"/api/v1/projects/{home.ProjectId}/sections/{section.SectionId}", new { projectId = work.ProjectId });

        (await Person.ReadAsync<SectionView>(answer)).Name.Should().Be("Kitchen");
        var projects = (await ana.GetAsync<ProjectList>("/api/v1/projects")).Items;
        projects.Single(project => project.Name == "Home").Sections.Should().BeEmpty();
        projects.Single(project => project.Name == "Work").Sections.Select(s => s.SectionId).Should().Equal([first.SectionId, section.SectionId], "without a place it is the last");
        (await ana.ChangesAsync(since)).Changes.Select(change => change.TaskId).Should().BeEquivalentTo([oven.TaskId, done.TaskId, astray.TaskId]);
        var restored = await ana.DoAsync(thrown, "restore");
        var moved = await Task.WhenAll(new[] { oven, done, astray }.Select(task => ana.GetAsync<TaskView>($"/api/v1/tasks/{task.TaskId}")));
        moved.Append(restored).Should().OnlyContain(task => task.ProjectId == work.ProjectId && task.SectionId == section.SectionId);
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{other.TaskId}")).Should().BeEquivalentTo(other);
    }

    [Fact]
    public async Task A_section_goes_into_no_project_of_somebody_else()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var (home, his) = (await MakeAsync<ProjectView>(ana, "/api/v1/projects", new { name = "Home" }), await MakeAsync<ProjectView>(ben, "/api/v1/projects", new { name = "His" }));
        var section = await MakeAsync<SectionView>(ana, $"/api/v1/projects/{home.ProjectId}/sections", new { name = "Kitchen" });

        var answer = await ana.Http.PatchAsJsonAsync($"/api/v1/projects/{home.ProjectId}/sections/{section.SectionId}", new { name = "Renamed", projectId = his.ProjectId });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ana.GetAsync<ProjectList>("/api/v1/projects")).Items.Single().Sections.Single().Should().Be(section);
        (await ben.GetAsync<ProjectList>("/api/v1/projects")).Items.Single().Sections.Should().BeEmpty();
    }

    private static async Task<T> MakeAsync<T>(Person person, string path, object body) =>
        await Person.ReadAsync<T>(await person.Http.PostAsJsonAsync(path, body), HttpStatusCode.Created);
}
