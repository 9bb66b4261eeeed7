using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Todo.Contracts;
using Todo.Contracts.Commands;

namespace Todo.Workers.Events;

/// <summary>Which command to send, and how long to wait for its result.</summary>
internal sealed record PublishOptions(string File, TimeSpan Wait)
{
    /// <summary>Null where the words are none that we know.</summary>
    public static PublishOptions? Parse(IReadOnlyList<string> words) => words switch
    {
        ["--wait", var wait, var file] => new(file, int.TryParse(wait, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600
            ? TimeSpan.FromSeconds(seconds) : throw new FormatException("--wait needs a number of seconds, from 1 to 3600.")),
        [var file] when !file.StartsWith("--", StringComparison.Ordinal) => new(file, TimeSpan.FromSeconds(30)),
        _ => null,
    };
}

/// <summary>Sends one command as any integrator would, and waits for what becomes of it.</summary>
internal static class PublishCommand
{
    private static readonly string DeadLetters = $"{Topics.TaskCommands}.api.dead-letter";
    private static readonly List<string> Commands = [.. MessageCatalogue.All.Where(message => message.Key.IsAssignableTo(typeof(ITaskCommand))).Select(message => message.Value)];

    public static async Task<int> RunAsync(ClientConfig kafka, PublishOptions options, string? token, TextWriter output, CancellationToken ct)
    {
        if (token is not { Length: > 0 })
            throw new FormatException("TODO_TOKEN is not set: put an access token with the scope tasks:write there (settings, or POST /api/v1/account/tokens).");
        var file = options.File;
        var text = file == "-" ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(Path.Combine(Environment.GetEnvironmentVariable("TODO_FROM") ?? "", file), ct);
        var (id, key, message) = Read(text, token, DateTimeOffset.UtcNow);

        using var reader = new TopicsReader(kafka, [Topics.TaskCommandResults, DeadLetters], fromStart: false);
        using (var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig(kafka) { Partitioner = Partitioner.Murmur2Random, MessageTimeoutMs = 10_000 }).SetLogHandler((_, _) => { }).Build())
            await producer.ProduceAsync(Topics.TaskCommands, message, ct);

        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < options.Wait && !ct.IsCancellationRequested;)
        {
            if (reader.Next() is not { } found)
                continue;
            if (found.Topic == Topics.TaskCommandResults && found.Message.Key == id)
                return Say(found.Message.Value!, output);
            if (found.Topic == DeadLetters && found.Message.Key == key && found.Message.Value is { } put && put.AsSpan().IndexOf(Encoding.UTF8.GetBytes(id)) >= 0)
            {
                output.WriteLine($"refused, {Header(found, "dead-letter-reason")}: {Header(found, "dead-letter-error")}");
                return 1;
            }
        }

        throw new FormatException($"No answer to command {id} within {options.Wait.TotalSeconds:0} seconds; it is sent, and sending the same id again is safe.");
    }

    private static (string Id, string Key, Message<string, byte[]> Message) Read(string text, string token, DateTimeOffset now)
    {
        using var given = JsonDocument.Parse(text);
        var root = given.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Text(root, "type") is not { } type || !root.TryGetProperty("data", out var data) || Text(data, "taskId") is not { } key)
            throw new FormatException("A command is a JSON object with `type` and with `data` that has a `taskId`; /contracts describes each.");
        if (!Commands.Any(known => type == known || IsVersionOf(known, type))) // nobody would read it, and nobody would answer
            throw new FormatException($"There is no command `{type}`; there are {string.Join(", ", Commands)}.");
        var (id, source) = (Text(root, "id") ?? Guid.NewGuid().ToString(), Text(root, "source") ?? "/todo/events-publish");

        // The bytes that are signed are the bytes that are sent: the data as it stands in the file.
        var body = Encoding.UTF8.GetBytes(data.GetRawText());
        var envelope = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["specversion"] = "1.0", ["id"] = id, ["source"] = source, ["type"] = type, ["subject"] = key, ["partitionkey"] = key });
        var headers = new Headers
        {
            { "content-type", "application/cloudevents+json; charset=utf-8"u8.ToArray() },
            { CommandSignature.Header, Encoding.ASCII.GetBytes(CommandSignature.Sign(token, id, source, type, body, now)) },
        };
        return (id, key, new Message<string, byte[]> { Key = key, Headers = headers, Value = [.. envelope[..^1], .. ",\"data\":"u8, .. body, (byte)'}'] });
    }

    private static bool IsVersionOf(string known, string type) => type.StartsWith(known[..(known.LastIndexOf('.') + 1)], StringComparison.Ordinal);

    private static int Say(byte[] result, TextWriter output)
    {
        using var read = JsonDocument.Parse(result);
        var (type, data) = (Text(read.RootElement, "type"), read.RootElement.GetProperty("data"));
        if (type == MessageCatalogue.All[typeof(CommandAccepted)])
        {
            output.WriteLine($"accepted, version {data.GetProperty("version")} of task {data.GetProperty("taskId")}");
            return 0;
        }

        var problem = data.GetProperty("problem").Deserialize(ContractsJson.Default.CommandProblem)!;
        output.WriteLine($"refused, {problem.Status}: {problem.Detail}");
        foreach (var (field, errors) in problem.Errors ?? new Dictionary<string, string[]>())
            output.WriteLine($"  {field}: {string.Join(" ", errors)}");
        return 1;
    }

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private static string Header(ConsumeResult<string?, byte[]?> found, string name) =>
        found.Message.Headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : "";
}
