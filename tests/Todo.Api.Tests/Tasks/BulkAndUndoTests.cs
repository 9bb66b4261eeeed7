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
        }

        return json;
    }
}
