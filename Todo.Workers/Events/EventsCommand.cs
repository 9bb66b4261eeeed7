using System.Runtime.InteropServices;
using System.Text.Json;
using Confluent.Kafka;
using Todo.Bus.Kafka;

namespace Todo.Workers.Events;

/// <summary>`./todo events`: what goes by on the topics, and a command of one's own.</summary>
internal static class EventsCommand
{
    public const string Name = "events";

    private const string Help =
        """
        events tail [--topic NAME] [--task ID] [--from-start]   what goes by, until Ctrl-C
        events publish [--wait SECONDS] FILE                    sends the command in FILE (- is the standard input), signed with the access token in TODO_TOKEN,
                                                                and waits for its result: 0 accepted, 1 refused, 2 not sent or not answered
        FILE is a CloudEvent as JSON; `type` and `data` are enough.
        """;

    public static async Task<int> RunAsync(string[] words, IConfiguration configuration, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            var kafka = configuration.ReadKafka();
            switch (words)
            {
                case ["tail", .. var options]:
                    TailEvents.Run(kafka, TailOptions.Parse(options), output, stop.Token);
                    return 0;
                case ["publish", .. var wish] when PublishOptions.Parse(wish) is { } options:
                    return await PublishCommand.RunAsync(kafka, options, Environment.GetEnvironmentVariable("TODO_TOKEN"), output, stop.Token);
                default:
                    await error.WriteLineAsync(Help);
                    return 2;
            }
        }
        catch (Exception said) when (said is FormatException or IOException or UnauthorizedAccessException or JsonException or KafkaException)
        {
            await error.WriteLineAsync(said switch
            {
                JsonException => $"That is not JSON: {said.Message}",
                KafkaException kafka => $"Kafka does not answer: {kafka.Error.Reason}",
                _ => said.Message,
            });
            return 2;
        }
    }
}
