using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;
using Todo.AppHost.Processes;
using Todo.AppHost.Up;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Robustness;

/// <summary>`./todo events`, as an integrator types it: a command and what became of it, and what goes by.</summary>
public sealed class EventsCommandTests(RunningSystem system) : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_command_is_accepted_refused_or_put_aside_and_the_exit_code_tells_which()
    {
        using var person = await Person.SignUpAsync(system);
        var (user, token) = (await person.AccountAsync(), (await person.PostAsync<TokenView>("account/tokens", new CreateTokenRequest("events", ["tasks:write"]))).Secret!);
        var task = Guid.NewGuid();

        // The first that nobody can read makes the topic of dead letters, which the command must find on the way.
        var put = await PublishAsync(token, $$$"""{"type":"todo.task.create.v2","data":{"taskId":"{{{task}}}","userId":"{{{user.UserId}}}"}}""");
        var accepted = await PublishAsync(token, $$$"""{"type":"todo.task.create.v1","data":{"taskId":"{{{task}}}","userId":"{{{user.UserId}}}","task":{"title":"From a file"} } }""");
        var refused = await PublishAsync(token, $$$"""{"type":"todo.task.create.v1","data":{"taskId":"{{{Guid.NewGuid()}}}","userId":"{{{user.UserId}}}","task":{"title":" "} } }""");
        var forged = await PublishAsync(token[..^3] + "AAA", $$$"""{"type":"todo.task.complete.v1","data":{"taskId":"{{{task}}}","userId":"{{{user.UserId}}}"}}""");

        put.Code.Should().Be(1, put.Said);
        put.Said.Should().StartWith("refused, future-version:").And.Contain("todo.task.create.v1");
        accepted.Should().Be((0, $"accepted, version 1 of task {task}"));
        refused.Code.Should().Be(1);
        refused.Said.Should().StartWith("refused, 400:").And.Contain("title: Must not be empty.");
        forged.Code.Should().Be(1);
        forged.Said.Should().StartWith("refused, 401: The signature does not match");
        (await person.ReadAsync(task)).Title.Should().Be("From a file");
    }

    [Fact]
    public async Task What_goes_by_is_one_readable_line_each()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await person.CreateAsync(new() { Title = "Seen \u202egoing by" });
        await ProduceForeignAsync(task.TaskId.ToString()); // the Api takes no control characters, but others write to Kafka too
        var said = new ConcurrentQueue<string>();
        using var tail = ChildProcess.Start(
            new ChildProgram(Dotnet.Path, "exec", Path.Combine(Dotnet.OutputOf("Todo.AppHost"), "Todo.AppHost.dll"), "events", "tail", "--from-start", "--task", task.TaskId.ToString(), "--port", system.Port.ToString(CultureInfo.InvariantCulture)),
            said.Enqueue);

        await Eventually.Get(() => string.Join('\n', said), lines => lines.Contains("todo.task.created.v1"), TimeSpan.FromMinutes(1));
        await person.CompleteAsync(task);
        var lines = await Eventually.Get(() => string.Join('\n', said), all => all.Contains("todo.task.completed.v1") && all.Contains("someone.else"), TimeSpan.FromMinutes(1));
        await tail.StopAsync(TimeSpan.FromSeconds(10));

        lines.Should().MatchRegex($@"\d\d:\d\d:\d\d\.\d+ +task-events +todo\.task\.created\.v1 +{task.TaskId} +v1 +""Seen  going by""")
            .And.MatchRegex($@"someone\.else\.saw\.v1 +{task.TaskId} +"" \[31m it""").And.NotContain("\u001b").And.NotContain("\u202e");
        tail.ExitCode.Should().Be(0);
    }

    private async Task ProduceForeignAsync(string key)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = system.Kafka, Partitioner = Confluent.Kafka.Partitioner.Murmur2Random }).Build();
        await producer.ProduceAsync(Topics.TaskEvents, new Message<string, string>
        {
            Key = key,
            Value = """{"specversion":"1.0","id":"a","source":"/else","type":"someone.else.saw.v1","data":{"title":"\u001b[31m it"} }""",
        });
    }

    private async Task<(int Code, string Said)> PublishAsync(string token, string command)
    {
        await File.WriteAllTextAsync(_file, command);
        return await system.RunToolAsync(["events", "publish", _file], new Dictionary<string, string?> { ["TODO_TOKEN"] = token });
    }
}
