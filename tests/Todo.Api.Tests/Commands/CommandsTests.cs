using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts;
using Todo.Testing;

namespace Todo.Api.Tests.Commands;

/// <summary>Commands over Kafka, written as anybody who reads the contract would write them.</summary>
public sealed class CommandsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Accepted = "todo.task.command-accepted.v1";
    private const string Refused = "todo.task.command-refused.v1";

    [Fact]
    public async Task Every_verb_does_what_it_says_and_answers_with_the_version_it_made()
    {
        using var ana = await Integrator.OfAsync(api);
        var (taskId, reminderId) = (Guid.NewGuid(), Guid.NewGuid());

        var task = new JsonObject
        {
            ["title"] = "From a script",
            ["due"] = new JsonObject { ["date"] = "2027-01-05" },
            ["recurrence"] = new JsonObject { ["rule"] = "FREQ=DAILY" },
            ["reminders"] = new JsonArray(new JsonObject { ["reminderId"] = reminderId, ["minutesBefore"] = 10 }),
        };

        TypeAndVersion(await ana.AskAsync("create", taskId, new() { ["task"] = task })).Should().Be((Accepted, 1));
        TypeAndVersion(await ana.AskAsync("update", taskId, new() { ["patch"] = new JsonObject { ["title"] = "Renamed" }, ["ifVersion"] = 1 })).Should().Be((Accepted, 2));
        TypeAndVersion(await ana.AskAsync("snooze", taskId, new() { ["reminderId"] = reminderId, ["until"] = DateTimeOffset.UtcNow.AddHours(1) })).Should().Be((Accepted, 2));
        TypeAndVersion(await ana.AskAsync("complete", taskId)).Should().Be((Accepted, 3));
        TypeAndVersion(await ana.AskAsync("reopen", taskId)).Should().Be((Accepted, 4));
        TypeAndVersion(await ana.AskAsync("skip", taskId, new() { ["allMissed"] = true })).Should().Be((Accepted, 5));
        TypeAndVersion(await ana.AskAsync("delete", taskId)).Should().Be((Accepted, 6));

        var facts = await Eventually.Get(
            () => ana.Log.All((key, found) => key == taskId.ToString() && found["type"]!.ToString().Contains("task.")), found => found.Count >= 6, TimeSpan.FromSeconds(60));
        facts.Select(fact => fact["type"]!.ToString()).Should().ContainInOrder(
            "todo.task.created.v1", "todo.task.updated.v1", "todo.task.completed.v1", "todo.task.reopened.v1", "todo.task.occurrence-skipped.v1", "todo.task.deleted.v1");
        facts.Select(fact => (long)fact["data"]!["task"]!["version"]!).Should().Equal(1, 2, 3, 4, 5, 6);
        ((bool)facts[4]["data"]!["allMissed"]!).Should().BeTrue();
        facts.Should().OnlyContain(fact => fact["data"]!["actorId"]!.ToString() == ana.Person.Id.ToString() && fact["correlationid"] != null);
    }

    [Fact]
    public async Task Sub_tasks_go_along_where_a_command_moves_their_whole_with_a_fact_of_their_own()
    {
        using var ana = await Integrator.OfAsync(api);
        var (whole, part, project, id) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid().ToString());
        await ana.Person.Http.PostAsJsonAsync("/api/v1/projects", new { projectId = project, name = "Work" });
        await ana.AskAsync("create", whole, Titled("whole"));
        await ana.AskAsync("create", part, new() { ["task"] = new JsonObject { ["title"] = "part", ["parentId"] = whole } });

        TypeAndVersion(await ana.AskAsync("update", whole, new() { ["patch"] = new JsonObject { ["projectId"] = project } }, id)).Should().Be((Accepted, 2));

        var fact = await ana.Log.FirstAsync((key, found) => key == part.ToString() && found["type"]!.ToString() == "todo.task.updated.v1");
        fact["causationid"]!.ToString().Should().Be(id);
        fact["data"]!["task"]!["projectId"]!.ToString().Should().Be(project.ToString());
        fact["data"]!["changed"]!.AsArray().Select(field => field!.ToString()).Should().Equal("projectId");
        (await ana.Person.ChangesAsync(0)).Changes.Where(change => change.CommandId == id).Select(change => change.TaskId).Should().BeEquivalentTo([whole, part]);
    }

    [Fact]
    public async Task A_fact_and_the_result_name_the_command_that_caused_them()
    {
        using var ana = await Integrator.OfAsync(api);
        var (taskId, id) = (Guid.NewGuid(), Guid.NewGuid().ToString());

        var result = await ana.AskAsync("create", taskId, Titled("a"), id);

        var fact = await ana.Log.FirstAsync((key, found) => key == taskId.ToString());
        fact["causationid"]!.ToString().Should().Be(id);
        result["causationid"]!.ToString().Should().Be(id);
        fact["correlationid"]!.ToString().Should().Be(result["correlationid"]!.ToString());
        (await ana.Person.ChangesAsync(0)).Changes.Single().CommandId.Should().Be(id);
    }

    [Fact]
    public async Task The_same_command_twice_is_done_once_and_answered_twice_alike()
    {
        using var ana = await Integrator.OfAsync(api);
        var (taskId, id) = (Guid.NewGuid(), Guid.NewGuid().ToString());
        await ana.AskAsync("create", taskId, Titled("a"));
        var data = new JsonObject { ["taskId"] = taskId, ["userId"] = ana.Person.Id, ["patch"] = new JsonObject { ["title"] = "b" } }.ToJsonString();

        await ana.SendAsync(id, "todo.task.update.v1", taskId.ToString(), data);
        await ana.AskAsync("update", taskId, new() { ["patch"] = new JsonObject { ["title"] = "c" } });
        await ana.SendAsync(id, "todo.task.update.v1", taskId.ToString(), data);
        var (first, second) = (await ana.ResultAsync(id), await ana.ResultAsync(id, 1));

        TypeAndVersion(second).Should().Be((Accepted, 2));
        second["data"]!.ToJsonString().Should().Be(first["data"]!.ToJsonString());
        (await ana.Person.TitlesAsync("open")).Should().Equal("c");

        await ana.SendAsync(id, "todo.task.delete.v1", taskId.ToString(), $$"""{"taskId":"{{taskId}}","userId":"{{ana.Person.Id}}"}""");
        Status(await ana.ResultAsync(id, 2)).Should().Be(422);
    }

    [Fact]
    public async Task Nobody_can_use_up_the_id_of_somebody_else()
    {
        using var ana = await Integrator.OfAsync(api);
        using var eve = await Integrator.OfAsync(api);
        var (taskId, id) = (Guid.NewGuid(), Guid.NewGuid().ToString());

        await eve.SendAsync(id, "todo.task.complete.v1", taskId.ToString(), $$"""{"taskId":"{{taskId}}","userId":"{{ana.Person.Id}}"}""", signed: false);
        await eve.SendAsync(id, "todo.task.complete.v1", taskId.ToString(), $$"""{"taskId":"{{taskId}}","userId":"{{eve.Person.Id}}"}""");
        Status(await eve.ResultAsync(id)).Should().Be(401);
        Status(await eve.ResultAsync(id, 1)).Should().Be(404);
        await ana.SendAsync(id, "todo.task.create.v1", taskId.ToString(), $$$"""{"taskId":"{{{taskId}}}","userId":"{{{ana.Person.Id}}}","task":{"title":"mine"}}""");

        TypeAndVersion(await ana.ResultAsync(id, 2)).Should().Be((Accepted, 1));
        (await ana.Person.TitlesAsync("open")).Should().Equal("mine");
    }

    [Fact]
    public async Task What_is_not_signed_as_it_must_be_is_refused_and_says_why()
    {
        using var ana = await Integrator.OfAsync(api);
        using var reader = new Integrator(api, ana.Person, await Integrator.TokenAsync(ana.Person, "tasks:read"));
        using var eve = await Integrator.OfAsync(api);
        var taskId = Guid.NewGuid();
        var data = $$$"""{"taskId":"{{{taskId}}}","userId":"{{{ana.Person.Id}}}","task":{"title":"a"}}""";

        Detail(await SendAsync(ana, signed: false)).Should().Contain("not signed");
        Detail(await SendAsync(ana, at: DateTimeOffset.UtcNow.AddDays(-2))).Should().Contain("older than a day");
        Detail(await SendAsync(ana, at: DateTimeOffset.UtcNow.AddHours(1))).Should().Contain("from the future");
        Detail(await SendAsync(reader)).Should().Contain("tasks:write");
        Status(await SendAsync(eve)).Should().Be(403);
        (await ana.Person.TitlesAsync("open")).Should().BeEmpty();
        (await api.InStorageAsync(db => db.Commands.CountAsync(c => c.OwnerId == ana.Person.Id))).Should().Be(0);

        async Task<JsonObject> SendAsync(Integrator who, bool signed = true, DateTimeOffset? at = null)
        {
            var id = Guid.NewGuid().ToString();
            await who.SendAsync(id, "todo.task.create.v1", taskId.ToString(), data, signed, at);
            return await who.ResultAsync(id);
        }
    }

    [Fact]
    public async Task A_revoked_token_signs_nothing()
    {
        using var ana = await Integrator.OfAsync(api);
        await ana.AskAsync("create", Guid.NewGuid(), Titled("before"));
        await api.InStorageAsync(db => db.AccessTokens.Where(t => t.UserId == ana.Person.Id).ExecuteDeleteAsync());

        Status(await ana.AskAsync("create", Guid.NewGuid(), Titled("after"))).Should().Be(401);
    }

    [Fact]
    public async Task A_command_against_the_rules_is_refused_with_its_fields_and_leaves_nothing_behind()
    {
        using var ana = await Integrator.OfAsync(api);
        using var eve = await Integrator.OfAsync(api);
        var (taskId, missing) = (Guid.NewGuid(), Guid.NewGuid());
        await ana.AskAsync("create", taskId, Titled("a"));

        var blank = await ana.AskAsync("create", missing, Titled(" "));
        Status(blank).Should().Be(400);
        blank["data"]!["problem"]!["errors"]!["title"]!.AsArray().Should().NotBeEmpty();
        var retyped = await ana.AskAsync("create", missing, new() { ["task"] = new JsonObject { ["title"] = "a", ["priority"] = "high" } });
        Status(retyped).Should().Be(400);
        retyped["data"]!["problem"]!["errors"]!.AsObject().Select(error => error.Key).Should().Equal("task.priority");
        Status(await ana.AskAsync("create", missing)).Should().Be(400);
        Status(await ana.AskAsync("complete", missing)).Should().Be(404);
        Status(await eve.AskAsync("complete", taskId)).Should().Be(404);
        Status(await eve.AskAsync("create", taskId, Titled("b"))).Should().Be(409);
        Status(await ana.AskAsync("skip", taskId, new() { ["allMissed"] = true })).Should().Be(409);
        Status(await ana.AskAsync("update", taskId, new() { ["patch"] = new JsonObject { ["title"] = "b" }, ["ifVersion"] = 7 })).Should().Be(412);
        Status(await ana.AskAsync("update", taskId, new() { ["patch"] = new JsonObject { ["title"] = "b", ["recurrence"] = new JsonObject { ["rule"] = "FREQ=DAILY" } } })).Should().Be(409);

        (await ana.Person.TitlesAsync("open")).Should().Equal("a");
        var feed = await ana.Person.ChangesAsync(0);
        (feed.Changes.Count, feed.Sequence).Should().Be((1, feed.Changes[0].Sequence), "a refusal leaves no gap in the owner's sequence");
        (await ana.Person.AddAsync("next")).Version.Should().Be(1);
        (await ana.Person.ChangesAsync(feed.Sequence)).Changes.Single().Sequence.Should().Be(feed.Sequence + 1);
    }

    [Fact]
    public async Task What_cannot_be_told_apart_or_kept_in_order_is_a_dead_letter_that_says_so()
    {
        using var ana = await Integrator.OfAsync(api);
        var taskId = Guid.NewGuid();
        var data = $$$"""{"taskId":"{{{taskId}}}","userId":"{{{ana.Person.Id}}}","task":{"title":"a"}}""";

        await ana.SendAsync("", "todo.task.create.v1", taskId.ToString(), data);
        await ana.SendAsync(Guid.NewGuid().ToString(), "todo.task.create.v1", "another-key", data);
        await ana.SendAsync(Guid.NewGuid().ToString(), "todo.task.create.v1", null, data);
        await ana.SendAsync(Guid.NewGuid().ToString(), "todo.task.create.v2", taskId.ToString(), data);
        await ana.SendAsync(Guid.NewGuid().ToString(), "todo.task.create.v1", taskId.ToString(), data.Replace("\"a\"", $"\"{new string('a', 1_100_000)}\""));
        await ana.SendAsync(Guid.NewGuid().ToString(), "todo.task.create.v1", taskId.ToString(), data.Replace(taskId.ToString(), """\ud800""")); // JSON, and no Unicode

        var letters = await Eventually.Get(
            () => api.InStorageAsync(db => db.Database.SqlQuery<string>($"select reason || ': ' || error as \"Value\" from ops.dead_letters where topic = {Topics.TaskCommands}").ToListAsync()),
            found => found.Count >= 6, TimeSpan.FromSeconds(60));
        letters.Select(letter => letter.Split(':')[0]).Should().BeEquivalentTo("no-id", "wrong-key", "wrong-key", "future-version", "too-large", "bad-data");
        await Eventually.Get(
            () => api.InStorageAsync(db => db.Database.SqlQuery<long>($"select count(*) as \"Value\" from ops.outbox").SingleAsync()), waiting => waiting == 0, TimeSpan.FromSeconds(60));
        letters.Single(letter => letter.StartsWith("future", StringComparison.Ordinal)).Should().Contain("todo.task.create.v1");
    }

    [Fact]
    public async Task The_trusted_topic_believes_nobody_unless_configuration_says_so()
    {
        using var ana = await Integrator.OfAsync(api);
        var (taskId, id) = (Guid.NewGuid(), Guid.NewGuid().ToString());

        await ana.SendAsync(id, "todo.task.create.v1", taskId.ToString(), $$$"""{"taskId":"{{{taskId}}}","userId":"{{{ana.Person.Id}}}","task":{"title":"a"}}""", signed: false, topic: Topics.TrustedTaskCommands);

        Status(await ana.ResultAsync(id)).Should().Be(401);
    }

    private static JsonObject Titled(string title) => new() { ["task"] = new JsonObject { ["title"] = title } };

    private static (string Type, long Version) TypeAndVersion(JsonObject result) => (result["type"]!.ToString(), (long?)result["data"]!["version"] ?? -1);

    private static int Status(JsonObject result) => result["type"]!.ToString() == Refused ? (int)result["data"]!["problem"]!["status"]! : 200;

    private static string Detail(JsonObject result) => result["data"]!["problem"]!["detail"]!.ToString();
}
