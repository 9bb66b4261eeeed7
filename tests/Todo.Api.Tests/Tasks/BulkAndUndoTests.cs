using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Todo.Contracts.Bulk;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Tasks;

public sealed class BulkAndUndoTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_refused_update_changes_nothing_while_the_others_are_done()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync(new CreateTaskRequest { Title = "before", Due = new Due(new DateOnly(2030, 5, 11)) });
        var other = Guid.NewGuid();

        var answer = await ana.Http.PostAsync("/api/v1/bulk", new StringContent($$$$"""
            {"commands":[{"verb":"update","taskId":"{{{{task.TaskId}}}}","patch":{"title":"after","recurrence":{"rule":"FREQ=DAILY;UNTIL=20200101"}}},{"verb":"create","taskId":"{{{{other}}}}","task":{"title":"other"}}]}
            """, System.Text.Encoding.UTF8, "application/json"));

        var results = (await Person.ReadAsync<BulkAnswer>(answer)).Results;
        results.Select(result => result.Status).Should().Equal(409, 201);
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{task.TaskId}")).Should().BeEquivalentTo(task);
    }

    [Fact]
    public async Task Each_command_of_a_bulk_gets_its_answer_and_a_refused_one_leaves_the_others_alone()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var (mine, his) = (await ana.AddAsync("mine"), await ben.AddAsync("his"));
        var fresh = Guid.NewGuid();

        var answer = await BulkAsync(ana,
            new BulkCommand { Verb = BulkVerb.Create, TaskId = fresh, Task = new CreateTaskRequest { Title = "fresh" } },
            new BulkCommand { Verb = BulkVerb.Update, TaskId = fresh, Patch = new UpdateTaskRequest { Priority = 1 } },
            new BulkCommand { Verb = BulkVerb.Complete, TaskId = his.TaskId },
            new BulkCommand { Verb = BulkVerb.Skip, TaskId = mine.TaskId },
            new BulkCommand { Verb = BulkVerb.Complete, TaskId = mine.TaskId, IfVersion = 7 },
            new BulkCommand { Verb = BulkVerb.Complete, TaskId = mine.TaskId });

        answer.Results.Select(r => r.Status).Should().Equal(201, 200, 404, 409, 412, 200);
        answer.Results[1].Task!.Priority.Should().Be(1);
        (await ana.TitlesAsync("open")).Should().Equal("fresh");
        (await ben.TitlesAsync("open")).Should().Equal("his");
    }

    [Fact]
    public async Task An_undo_that_finds_nothing_left_to_take_back_uses_its_token_up()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync("one");
        var answer = await ana.Http.PostAsync($"/api/v1/tasks/{task.TaskId}/complete", null);
        var token = answer.Headers.GetValues("X-Undo-Token").Single();
        await ana.DoAsync(task, "reopen");

        var undone = await ana.Http.PostAsync($"/api/v1/undo/{token}", null);
        var again = await ana.Http.PostAsync($"/api/v1/undo/{token}", null);

        undone.StatusCode.Should().Be(HttpStatusCode.OK);
        again.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_bulk_is_taken_back_as_a_whole()
    {
        var ana = await api.SomebodyAsync();
        var (one, two) = (await ana.AddAsync("one"), await ana.AddAsync(new CreateTaskRequest { Title = "two", Priority = 2 }));
        var answer = await BulkAsync(ana,
            new BulkCommand { Verb = BulkVerb.Complete, TaskId = one.TaskId },
            new BulkCommand { Verb = BulkVerb.Update, TaskId = two.TaskId, Patch = new UpdateTaskRequest { Title = "three", Priority = 1 } },
            new BulkCommand { Verb = BulkVerb.Delete, TaskId = two.TaskId });

        var undone = await ana.Http.PostAsync($"/api/v1/undo/{answer.UndoToken}", null);
        var again = await ana.Http.PostAsync($"/api/v1/undo/{answer.UndoToken}", null);

        undone.StatusCode.Should().Be(HttpStatusCode.OK);
        again.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ana.TitlesAsync("open")).Should().BeEquivalentTo("one", "two");
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{two.TaskId}")).Priority.Should().Be(2);
    }

    [Fact]
    public async Task Undo_leaves_alone_what_was_changed_since()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync("first");
        var change = await ana.Http.PatchAsJsonAsync($"/api/v1/tasks/{task.TaskId}", new JsonObject { ["title"] = "second", ["priority"] = 1 });
        await ana.PatchAsync(task, new JsonObject { ["title"] = "third" });

        await ana.Http.PostAsync($"/api/v1/undo/{change.Headers.GetValues("X-Undo-Token").Single()}", null);

        var now = await ana.GetAsync<TaskView>($"/api/v1/tasks/{task.TaskId}");
        now.Title.Should().Be("third");
        now.Priority.Should().Be(4);
    }

    [Fact]
    public async Task Nobody_takes_back_what_others_did()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var task = await ana.AddAsync("task");
        var token = (await ana.DeleteAsync(task)).Headers.GetValues("X-Undo-Token").Single();

        (await ben.Http.PostAsync($"/api/v1/undo/{token}", null)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_expected_version_that_has_passed_is_refused_with_the_one_that_stands()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync("first");
        await ana.PatchAsync(task, new JsonObject { ["title"] = "second" });
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/tasks/{task.TaskId}") { Content = JsonContent.Create(new JsonObject { ["title"] = "late" }) };
        request.Headers.Add("If-Match", "\"1\"");

        var answer = await ana.Http.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        answer.Headers.ETag!.Tag.Should().Be("\"2\"");
        (await Person.ReadAsync<JsonObject>(answer, HttpStatusCode.PreconditionFailed))["current"]!["title"]!.GetValue<string>().Should().Be("second");
    }

    [Fact]
    public async Task Sub_tasks_share_the_fate_of_their_parent()
    {
        var ana = await api.SomebodyAsync();
        var parent = await ana.AddAsync("parent");
        await ana.AddAsync(new CreateTaskRequest { Title = "child", ParentId = parent.TaskId });

        await ana.DeleteAsync(parent);
        var open = await ana.TitlesAsync("open");
        await ana.DoAsync(parent, "restore");
        var restored = await ana.TitlesAsync("open");
        await ana.DoAsync(parent, "complete");

        open.Should().BeEmpty();
        restored.Should().BeEquivalentTo("parent", "child");
        (await ana.TitlesAsync("completed")).Should().BeEquivalentTo("parent", "child");
    }

    [Fact]
    public async Task A_task_cannot_lie_in_itself_or_with_strangers()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var parent = await ana.AddAsync("parent");
        var child = await ana.AddAsync(new CreateTaskRequest { Title = "child", ParentId = parent.TaskId });
        var his = await ben.AddAsync("his");

        foreach (var wrong in (Guid[])[child.TaskId, parent.TaskId, his.TaskId, Guid.NewGuid()])
        {
            var answer = await ana.Http.PatchAsJsonAsync($"/api/v1/tasks/{parent.TaskId}", new JsonObject { ["parentId"] = wrong.ToString() });
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Sub_tasks_go_where_their_whole_goes_each_as_a_change_of_its_own_and_one_undo_brings_all_of_them_back()
    {
        var ana = await api.SomebodyAsync();
        var (home, _) = await ProjectAsync(ana);
        var (work, section) = await ProjectAsync(ana);
        var trip = await ana.AddAsync(new CreateTaskRequest { Title = "trip", ProjectId = home });
        var train = await ana.AddAsync(new CreateTaskRequest { Title = "train", ProjectId = home, ParentId = trip.TaskId });
        var seat = await ana.AddAsync(new CreateTaskRequest { Title = "seat", ProjectId = home, ParentId = train.TaskId, Reminders = [new(Guid.NewGuid(), MinutesBefore: 5)], Due = new Due(new DateOnly(2030, 5, 11)) });
        var done = await ana.DoAsync(await ana.AddAsync(new CreateTaskRequest { Title = "done", ProjectId = home, ParentId = trip.TaskId }), "complete");
        var thrown = await ana.AddAsync(new CreateTaskRequest { Title = "thrown away", ProjectId = home, ParentId = trip.TaskId });
        await ana.DeleteAsync(thrown);
        await ana.AddAsync(new CreateTaskRequest { Title = "other", ProjectId = home });
        var since = (await ana.ChangesAsync()).Sequence;

        var answer = await ana.Http.PatchAsJsonAsync($"/api/v1/tasks/{trip.TaskId}", new JsonObject { ["projectId"] = work, ["sectionId"] = section });

        var moved = (await ana.ChangesAsync(since)).Changes.Select(change => change.Task!).ToList();
        moved.Select(task => task.Title).Should().BeEquivalentTo("trip", "train", "seat", "done");
        moved.Should().OnlyContain(task => task.ProjectId == work && task.SectionId == section);
        moved.Single(task => task.TaskId == seat.TaskId).Should().BeEquivalentTo(seat with { ProjectId = work, SectionId = section, Version = 2 }, but => but.Excluding(task => task.UpdatedAt));
        moved.Single(task => task.TaskId == done.TaskId).State.Should().Be(TaskState.Completed);
        await ana.Http.PostAsync($"/api/v1/undo/{answer.Headers.GetValues("X-Undo-Token").Single()}", null);
        var back = await Task.WhenAll(new[] { trip, train, seat, done, thrown }.Select(task => ana.GetAsync<TaskView>($"/api/v1/tasks/{task.TaskId}")));
        back.Should().OnlyContain(task => task.ProjectId == home && task.SectionId == null);
        back.Select(task => task.ParentId).Should().Equal(null, trip.TaskId, train.TaskId, trip.TaskId, trip.TaskId);
    }

    [Fact]
    public async Task A_sub_task_that_is_moved_alone_leaves_its_whole_where_it_is()
    {
        var ana = await api.SomebodyAsync();
        var (work, _) = await ProjectAsync(ana);
        var trip = await ana.AddAsync("trip");
        var train = await ana.AddAsync(new CreateTaskRequest { Title = "train", ParentId = trip.TaskId });

        var moved = await ana.PatchAsync(train, new JsonObject { ["projectId"] = work });

        moved.ParentId.Should().Be(trip.TaskId);
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{trip.TaskId}")).Should().BeEquivalentTo(trip);
    }

    [Fact]
    public async Task A_task_that_goes_to_another_project_leaves_its_section()
    {
        var ana = await api.SomebodyAsync();
        var (home, kitchen) = await ProjectAsync(ana);
        var (work, _) = await ProjectAsync(ana);
        var task = await ana.AddAsync(new CreateTaskRequest { Title = "task", ProjectId = home, SectionId = kitchen });

        (await ana.PatchAsync(task, new JsonObject { ["projectId"] = home })).SectionId.Should().Be(kitchen);
        (await ana.PatchAsync(task, new JsonObject { ["projectId"] = work })).SectionId.Should().BeNull();
    }

    [Fact]
    public async Task Who_goes_along_is_decided_with_what_was_said_before_in_the_same_bulk()
    {
        var ana = await api.SomebodyAsync();
        var (work, _) = await ProjectAsync(ana);
        var trip = await ana.AddAsync("trip");
        var train = await ana.AddAsync(new CreateTaskRequest { Title = "train", ParentId = trip.TaskId });
        var (seat, ticket) = (Guid.NewGuid(), Guid.NewGuid());

        await BulkAsync(ana,
            new BulkCommand { Verb = BulkVerb.Create, TaskId = seat, Task = new CreateTaskRequest { Title = "seat", ParentId = trip.TaskId } },
            new BulkCommand { Verb = BulkVerb.Create, TaskId = ticket, Task = new CreateTaskRequest { Title = "ticket", ParentId = seat } },
            new BulkCommand { Verb = BulkVerb.Update, TaskId = train.TaskId, Patch = new UpdateTaskRequest { ParentId = null } },
            new BulkCommand { Verb = BulkVerb.Update, TaskId = trip.TaskId, Patch = new UpdateTaskRequest { ProjectId = work } });

        (await ana.TitlesAsync($"project&projectId={work}")).Should().BeEquivalentTo("trip", "seat", "ticket");
        (await ana.TitlesAsync("inbox")).Should().Equal("train");
    }

    private static async Task<(Guid Project, Guid Section)> ProjectAsync(Person person)
    {
        var (project, section) = (Guid.NewGuid(), Guid.NewGuid());
        (await person.Http.PostAsJsonAsync("/api/v1/projects", new { projectId = project, name = "Project" })).StatusCode.Should().Be(HttpStatusCode.Created);
        (await person.Http.PostAsJsonAsync($"/api/v1/projects/{project}/sections", new { sectionId = section, name = "Section" })).StatusCode.Should().Be(HttpStatusCode.Created);
        return (project, section);
    }

    private static async Task<BulkAnswer> BulkAsync(Person person, params BulkCommand[] commands)
    {
        var body = new JsonObject
        {
            ["commands"] = new JsonArray([.. commands.Select(command => Command(command))]),
        };
        return await Person.ReadAsync<BulkAnswer>(await person.Http.PostAsJsonAsync("/api/v1/bulk", body));
    }

    /// <summary>As a client writes it: of a patch, only what was set.</summary>
    private static JsonObject Command(BulkCommand command)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(command, Person.Json)!.AsObject();
        if (command.Patch is { } patch)
        {
            var fields = json["patch"]!.AsObject();
            foreach (var field in fields.Select(f => f.Key).Where(f => !patch.Has(f)).ToList())
                fields.Remove(field);
            foreach (var cleared in patch.Sent.Where(f => !fields.ContainsKey(f)))
                fields[cleared] = null;
        }

        return json;
    }
}
