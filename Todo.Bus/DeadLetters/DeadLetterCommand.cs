using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Todo.Bus.DeadLetters;

/// <summary>Dead letters at a terminal: <c>list</c>, <c>show</c>, <c>replay</c>, <c>discard</c>.</summary>
public static class DeadLetterCommand
{
    /// <summary>How to use it.</summary>
    public const string Help =
        """
        dead-letters list [FILTER] [--limit N] [--before ID] [--json]   the newest first; only waiting ones unless --state says else
        dead-letters show ID [--json]                                   one letter with its bytes, stack and history
        dead-letters replay ID... | --all [FILTER] [--note TEXT]        back to the consumer that failed
        dead-letters discard ID... | --all [FILTER] --note TEXT         give up, with a reason
        FILTER: --state waiting|replaying|replayed|discarded --topic T --consumer GROUP --type EVENT-TYPE --reason CODE --key KEY --error TEXT --since TIME
        --actor NAME says who acts; otherwise it is the user of this machine.
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly string[] States = ["waiting", "replaying", "replayed", "discarded"];

    /// <summary>Runs one command against a database. Returns 0, 1 when nothing fitted, or 2 when the words were not understood.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, string connectionString, TextWriter output, TextWriter error, CancellationToken ct = default)
    {
        try
        {
            var options = DeadLetterOptions.Parse(words);
            await using var source = NpgsqlDataSource.Create(connectionString);
            return await RunAsync(options, new DeadLetterStore(source), output, ct);
        }
        catch (FormatException misunderstood)
        {
            await error.WriteLineAsync(misunderstood.Message);
            await error.WriteLineAsync(Help);
            return 2;
        }
    }

    private static async Task<int> RunAsync(DeadLetterOptions options, DeadLetterStore letters, TextWriter output, CancellationToken ct)
    {
        if (options.Filter.State is { } state && !States.Contains(state))
            throw new FormatException($"There is no state '{state}'.");
        switch (options.Verb)
        {
            case "list":
                var filter = options.Filter.State is null ? options.Filter with { State = "waiting" } : options.Filter;
                return await ListAsync(await letters.ListAsync(filter, options.Before, options.Limit, ct), options, output);
            case "show" when options.Filter.Ids is [var id]:
                return await ShowAsync(await letters.ShowAsync(id, ct), options, output);
            case "replay" when options.SaysWhich:
                var replayed = await letters.ReplayAsync(options.Filter, options.Actor, options.Note, ct);
                await output.WriteLineAsync($"{replayed} sent back to the consumers they failed in.");
                return replayed > 0 ? 0 : 1;
            case "discard" when options.SaysWhich:
                var note = options.Note ?? throw new FormatException("Discarding needs a reason: --note TEXT.");
                var discarded = await letters.DiscardAsync(options.Filter, options.Actor, note, ct);
                await output.WriteLineAsync($"{discarded} discarded.");
                return discarded > 0 ? 0 : 1;
            default:
                throw new FormatException(options.Verb is "replay" or "discard" ? "Say which: ids, or --all." : $"Not understood: dead-letters {options.Verb}");
        }
    }

    private static async Task<int> ListAsync(IReadOnlyList<DeadLetter> letters, DeadLetterOptions options, TextWriter output)
    {
        if (options.Json)
            await output.WriteLineAsync(JsonSerializer.Serialize(letters, Json));
        else if (letters.Count == 0)
            await output.WriteLineAsync("None.");
        else
            foreach (var letter in letters)
                await output.WriteLineAsync(Line(letter));
        return letters.Count > 0 ? 0 : 1;
    }

    private static async Task<int> ShowAsync(DeadLetterDetails? details, DeadLetterOptions options, TextWriter output)
    {
        if (details is null)
        {
            await output.WriteLineAsync("There is no such letter.");
            return 1;
        }

        if (options.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(details, Json));
            return 0;
        }

        await output.WriteLineAsync(Line(details.Letter));
        await output.WriteLineAsync($"message   {details.Letter.MessageId}\nattempts  {details.Letter.Attempts}\nreplays   {details.Letter.Replays}\nheaders   {details.Headers}\nvalue     {details.Value ?? "(none)"}");
        foreach (var action in details.Actions)
            await output.WriteLineAsync($"{action.At:u} {action.Actor}: {action.Action}{(action.Note is null ? "" : $" ({action.Note})")}");
        if (details.Stack is not null)
            await output.WriteLineAsync(details.Stack);
        return 0;
    }

    private static string Line(DeadLetter letter) => string.Create(
        CultureInfo.InvariantCulture,
        $"{letter.Id,6}  {letter.FailedAt:u}  {letter.State,-9}  {letter.Topic}/{letter.Partition}@{letter.Offset} → {letter.Consumer}  {letter.MessageType ?? "?"}  key {letter.Key ?? "(none)"}  {letter.Reason}: {letter.Error.ReplaceLineEndings(" ")}");
}
