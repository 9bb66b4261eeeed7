using System.Text.Json.Nodes;
using Todo.Contracts;

namespace Todo.Api.Tests.Commands;

/// <summary>An Api whose operator trusts the writers of the trusted topic, and lets one user have few commands at once.</summary>
public sealed class TrustingApi : ApiFixture
{
    public const int Burst = 5;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Commands:TrustTopic"] = "true",
        ["Limits:CommandBurst"] = $"{Burst}",
        ["Limits:CommandsPerSecond"] = "1",
    };
}

public sealed class OperatorsChoiceTests(TrustingApi api) : IClassFixture<TrustingApi>
{
    [Fact]
    public async Task Who_may_write_to_the_trusted_topic_is_believed_there_and_nowhere_else()
    {
        using var ana = await Integrator.OfAsync(api);
        var (taskId, trusted, unsigned, stranger) = (Guid.NewGuid(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var data = $$$"""{"taskId":"{{{taskId}}}","userId":"{{{ana.Person.Id}}}","task":{"title":"a"}}""";

        await ana.SendAsync(unsigned, "todo.task.create.v1", taskId.ToString(), data, signed: false);
        await ana.SendAsync(stranger, "todo.task.create.v1", taskId.ToString(), data.Replace(ana.Person.Id.ToString(), Guid.NewGuid().ToString()), signed: false, topic: Topics.TrustedTaskCommands);
        await ana.SendAsync(trusted, "todo.task.create.v1", taskId.ToString(), data, signed: false, topic: Topics.TrustedTaskCommands);

        Status(await ana.ResultAsync(unsigned)).Should().Be(401);
        Status(await ana.ResultAsync(stranger)).Should().Be(403);
        Status(await ana.ResultAsync(trusted)).Should().Be(200);
        (await ana.Person.TitlesAsync("open")).Should().Equal("a");
    }

    [Fact]
    public async Task Trusted_commands_are_done_once_and_by_the_rules_too()
    {
        using var ana = await Integrator.OfAsync(api);
        var (taskId, once, blank) = (Guid.NewGuid(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var data = $$$"""{"taskId":"{{{taskId}}}","userId":"{{{ana.Person.Id}}}","task":{"title":"a"}}""";

        await ana.SendAsync(once, "todo.task.create.v1", taskId.ToString(), data, signed: false, topic: Topics.TrustedTaskCommands);
        await ana.SendAsync(blank, "todo.task.create.v1", taskId.ToString(), data.Replace("\"a\"", "\" \""), signed: false, topic: Topics.TrustedTaskCommands);

        Status(await ana.ResultAsync(once)).Should().Be(200);
        var refused = await ana.ResultAsync(blank);
        Status(refused).Should().Be(400);
        refused["data"]!["problem"]!["errors"]!["title"]!.AsArray().Should().NotBeEmpty();
    }

    [Fact]
    public async Task More_commands_than_one_user_may_have_are_refused_for_now_and_harm_nobody_else()
    {
        using var ana = await Integrator.OfAsync(api);
        using var ben = await Integrator.OfAsync(api);
        var commands = Enumerable.Range(0, 8 * TrustingApi.Burst).Select(_ => (Id: Guid.NewGuid().ToString(), Task: Guid.NewGuid())).ToList();

        foreach (var (id, task) in commands)
            await CreateAsync(ana, id, task);
        var results = await Task.WhenAll(commands.Select(async command => (command.Id, command.Task, Result: await ana.ResultAsync(command.Id))));

        results.Count(result => Status(result.Result) == 200).Should().BeGreaterThanOrEqualTo(TrustingApi.Burst);
        var refused = results.First(result => Status(result.Result) == 429);
        refused.Result["data"]!["problem"]!["detail"]!.ToString().Should().StartWith("Too many commands for this user: 5 at once and 1 a second").And.Contain("send it again");
        Status(await ben.AskAsync("create", Guid.NewGuid(), new() { ["task"] = new JsonObject { ["title"] = "b" } })).Should().Be(200);

        // The same id again is a first time, because nothing was kept of it.
        var answered = 1;
        var answer = refused.Result;
        while (Status(answer) == 429)
        {
            await CreateAsync(ana, refused.Id, refused.Task);
            answer = await ana.ResultAsync(refused.Id, answered++);
        }

        Status(answer).Should().Be(200);
    }

    private static Task CreateAsync(Integrator who, string id, Guid task) => who.SendAsync(
        id, "todo.task.create.v1", task.ToString(), $$$"""{"taskId":"{{{task}}}","userId":"{{{who.Person.Id}}}","task":{"title":"a"}}""");

    private static int Status(JsonObject result) => (int?)result["data"]!["problem"]?["status"] ?? 200;
}
