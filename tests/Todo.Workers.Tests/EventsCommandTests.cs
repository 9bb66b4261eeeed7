using Microsoft.Extensions.Configuration;
using Todo.Contracts;
using Todo.Testing;
using Todo.Workers.Events;

namespace Todo.Workers.Tests;

/// <summary>What can go wrong with `./todo events` before anybody answers: one sentence each, and exit code 2.</summary>
public sealed class EventsCommandTests : IDisposable
{
    private const string Command = """{"type":"todo.task.complete.v1","data":{"taskId":"0197aaaa-0000-7000-8000-000000000001","userId":"0197aaaa-0000-7000-8000-000000000002"}}""";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public EventsCommandTests() => Environment.SetEnvironmentVariable("TODO_TOKEN", "todo_AQIDBAUGBwgJCgsMDQ4PEAAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TODO_TOKEN", null);
        File.Delete(_file);
    }

    [Theory]
    [InlineData("{ not JSON", "That is not JSON: ")]
    [InlineData("[]", "A command is a JSON object with `type`")]
    [InlineData("""{"type":"todo.task.complete.v1","data":{}}""", "A command is a JSON object with `type`")]
    [InlineData("""{"type":"todo.task.explode.v1","data":{"taskId":"a"}}""", "There is no command `todo.task.explode.v1`; there are todo.task.complete.v1,")]
    public async Task A_file_that_holds_no_command_is_not_sent(string text, string sentence) =>
        (await PublishAsync(text, "127.0.0.1:1")).Should().Match<(int Code, string Said)>(answer => answer.Code == 2 && answer.Said.StartsWith(sentence));

    [Fact]
    public async Task Without_a_file_a_token_or_a_Kafka_it_says_so()
    {
        var (code, missing) = await RunAsync("127.0.0.1:1", "publish", _file);
        (code, missing).Should().Match<(int Code, string Said)>(answer => answer.Code == 2 && answer.Said.Contains(_file));

        (await PublishAsync(Command, "127.0.0.1:1")).Should().Match<(int Code, string Said)>(answer => answer.Code == 2 && answer.Said.StartsWith("Kafka does not answer: "));

        Environment.SetEnvironmentVariable("TODO_TOKEN", null);
        (await PublishAsync(Command, "127.0.0.1:1")).Should().Match<(int Code, string Said)>(answer => answer.Code == 2 && answer.Said.StartsWith("TODO_TOKEN is not set"));
    }

    [Fact]
    public async Task Nobody_answers_within_the_time_that_was_given()
    {
        using var kafka = new FaultyKafka([.. Topics.All]);

        var (code, said) = await PublishAsync(Command, kafka.BootstrapServers, "--wait", "1");

        code.Should().Be(2, said);
        said.Should().StartWith("No answer to command ").And.Contain("within 1 seconds").And.Contain("sending the same id again is safe");
    }

    [Theory]
    [InlineData("tail", "--topic", "nonsense")]
    [InlineData("tail", "--task", "nonsense")]
    [InlineData("tail", "--task")]
    [InlineData("tail", "--nonsense")]
    [InlineData("publish")]
    [InlineData("publish", "--wait", "0", "x")]
    [InlineData("nonsense")]
    public async Task Words_that_mean_nothing_are_refused(params string[] words)
    {
        var (code, said) = await RunAsync("127.0.0.1:1", words);

        code.Should().Be(2);
        said.Should().NotBeEmpty();
    }

    private async Task<(int Code, string Said)> PublishAsync(string text, string kafka, params string[] options)
    {
        await File.WriteAllTextAsync(_file, text);
        return await RunAsync(kafka, ["publish", .. options, _file]);
    }

    private static async Task<(int Code, string Said)> RunAsync(string kafka, params string[] words)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Kafka:BootstrapServers", kafka)]).Build();
        using var said = new StringWriter();
        var code = await EventsCommand.RunAsync(words, configuration, said, said);
        return (code, said.ToString().Trim());
    }
}
