using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Todo.Contracts;

namespace Todo.Workers.Events;

/// <summary>What to show.</summary>
internal sealed record TailOptions(string? Topic = null, string? Task = null, bool FromStart = false)
{
    public static TailOptions Parse(IReadOnlyList<string> words)
    {
        var options = new TailOptions();
        for (var at = 0; at < words.Count; at++)
        {
            options = words[at] switch
            {
                "--topic" => options with { Topic = Known(Value()) },
                "--task" => options with { Task = Guid.TryParse(Value(), out var id) ? id.ToString("D") : throw new FormatException("--task needs the id of a task.") },
                "--from-start" => options with { FromStart = true },
                var unknown => throw new FormatException($"There is no option '{unknown}'."),
            };

            string Value() => ++at < words.Count ? words[at] : throw new FormatException($"{words[at - 1]} needs a value.");
        }

        return options;
    }

    private static string Known(string topic) => Topics.All.Contains(topic) ? topic : throw new FormatException($"There is no topic '{topic}'; there are {string.Join(", ", Topics.All)}.");
}

/// <summary>One line for each record as it goes by.</summary>
internal static class TailEvents
{
    public static void Run(ClientConfig kafka, TailOptions options, TextWriter output, CancellationToken ct)
    {
        using var reader = new TopicsReader(kafka, options.Topic is { } one ? [one] : Topics.All, options.FromStart);
        while (!ct.IsCancellationRequested)
        {
            if (reader.Next() is { } found && (options.Task is null || IsAbout(found, options.Task)))
                output.WriteLine(Line(found));
        }
    }

    /// <summary>Time, topic, type, key, and what a person recognizes it by.</summary>
    public static string Line(ConsumeResult<string?, byte[]?> found)
    {
        var at = found.Message.Timestamp.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var (type, about) = Read(found.Message.Value);
        return $"{at}  {found.Topic,-21}  {Clean(type),-34}  {Clean(found.Message.Key ?? "-"),-36}  {Clean(about)}".TrimEnd();
    }

    private static (string Type, string About) Read(byte[]? value)
    {
        try
        {
            var root = JsonDocument.Parse(value ?? []).RootElement;
            var data = root.GetProperty("data");
            var task = data.TryGetProperty("task", out var whole) && whole.ValueKind == JsonValueKind.Object ? whole : data;
            string[] parts =
            [
                .. Part(task, "version") is { } version ? [$"v{version}"] : Array.Empty<string>(),
                .. Part(task, "title") is { } title ? [$"\"{title}\""] : Array.Empty<string>(),
                .. Part(data, "changed") is { } changed ? [$"changed {changed}"] : Array.Empty<string>(),
                .. data.TryGetProperty("problem", out var problem) ? [$"{Part(problem, "status")}: {Part(problem, "detail")}"] : Array.Empty<string>(),
            ];
            return (Part(root, "type") ?? "?", string.Join("  ", parts));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return ("(not an event)", $"{value?.Length ?? 0} bytes");
        }
    }

    private static string? Part(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found.ToString() : null;

    private static bool IsAbout(ConsumeResult<string?, byte[]?> found, string task) =>
        found.Message.Key == task || (found.Message.Value is { } value && value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(task)) >= 0);

    /// <summary>Titles are hostile text: nothing of them moves a cursor or turns a line around, and one does not fill the screen.</summary>
    private static string Clean(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) || TurnsLine(c) ? ' ' : c));
        return line.Length <= 160 ? line : line[..160] + "…";
    }

    /// <summary>Line breaks of Unicode, and what changes the direction of all that follows.</summary>
    private static bool TurnsLine(char c) => c is (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
