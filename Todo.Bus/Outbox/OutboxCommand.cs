using System.Globalization;
using System.Text.Json;
using Npgsql;
using Todo.Bus.DeadLetters;

namespace Todo.Bus.Outbox;

/// <summary>Messages that are committed and have not left, at a terminal: <c>list</c>, <c>retry</c>, <c>discard</c>.</summary>
public static class OutboxCommand
{
    /// <summary>How to use it.</summary>
    public const string Help =
        """
        outbox list [FILTER] [--limit N] [--before ID] [--json]   the newest first; only refused ones unless --state waiting
        outbox retry ID... | --all [FILTER] [--note TEXT]         send refused ones again, and what waits behind them on their key
        outbox discard ID... | --all [FILTER] --note TEXT         give refused ones up, with a reason; what waits behind them goes on
        FILTER: --topic T --type EVENT-TYPE --key KEY --error TEXT --since TIME
        --bus means what was published or sent on the bus beneath the topics. --actor NAME says who acts; otherwise it is the user of this machine.
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs one command against a database. Returns 0, 1 when nothing fitted, or 2 when the words were not understood.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, string connectionString, TextWriter output, TextWriter error, CancellationToken ct = default)
    {
        try
        {
            var options = DeadLetterOptions.Parse([.. words.Where(word => word != "--bus")]);
            await using var source = NpgsqlDataSource.Create(connectionString);
            return await RunAsync(options, new RefusedMessages(source, words.Contains("--bus") ? RefusedMessages.OnTheBus : RefusedMessages.Records), output, ct);
        }
        catch (FormatException misunderstood)
        {
            await error.WriteLineAsync(misunderstood.Message);
            await error.WriteLineAsync(Help);
            return 2;
        }
    }

    private static async Task<int> RunAsync(DeadLetterOptions options, RefusedMessages messages, TextWriter output, CancellationToken ct)
    {
        if (options.Filter is { Consumer: not null } or { Reason: not null })
            throw new FormatException("What has not left has no consumer, and no reason but its error: --error TEXT.");
        if (options.Filter.State is { } state && (options.Verb != "list" || state is not ("waiting" or "refused")))
            throw new FormatException(options.Verb == "list" ? $"There is no state '{state}'." : "Only refused ones are sent again or given up; the others leave by themselves.");
        switch (options.Verb)
        {
            case "list":
                return await ListAsync(await messages.ListAsync(options.Filter with { State = options.Filter.State ?? "refused" }, options.Before, options.Limit, ct), options.Json, output);
            case "retry" when options.SaysWhich:
                return await SayAsync(await messages.RetryAsync(options.Filter, options.Actor, options.Note, ct), "sent again.", output);
            case "discard" when options.SaysWhich:
                var note = options.Note ?? throw new FormatException("Discarding needs a reason: --note TEXT.");
                return await SayAsync(await messages.DiscardAsync(options.Filter, options.Actor, note, ct), "discarded.", output);
            default:
                throw new FormatException(options.Verb is "retry" or "discard" ? "Say which: ids, or --all." : $"Not understood: outbox {options.Verb}");
        }
    }

    private static async Task<int> SayAsync(int count, string done, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} {done}"));
        return count > 0 ? 0 : 1;
    }

    private static async Task<int> ListAsync(IReadOnlyList<WaitingMessage> messages, bool json, TextWriter output)
    {
        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(messages, Json));
        else if (messages.Count == 0)
            await output.WriteLineAsync("None.");
        else
            foreach (var message in messages)
                await output.WriteLineAsync(Line(message));
        return messages.Count > 0 ? 0 : 1;
    }

    private static string Line(WaitingMessage message) => string.Create(
        CultureInfo.InvariantCulture,
        $"{message.Id,6}  {message.CreatedAt:u}  {message.State,-7}  → {message.Target}  {message.MessageType}  key {message.Key ?? "(none)"}  {message.Error?.ReplaceLineEndings(" ")}");
}
