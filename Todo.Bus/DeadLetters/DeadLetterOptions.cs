using System.Globalization;

namespace Todo.Bus.DeadLetters;

/// <summary>The words of a dead-letters command, understood.</summary>
internal sealed record DeadLetterOptions
{
    public string Verb { get; private init; } = "list";

    public DeadLetterFilter Filter { get; private init; } = new();

    public bool All { get; private init; }

    public bool Json { get; private init; }

    public int Limit { get; private init; } = 50;

    public long? Before { get; private init; }

    public string? Note { get; private init; }

    public string Actor { get; private init; } = $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>Nothing is replayed or discarded by an empty filter that nobody meant.</summary>
    public bool SaysWhich => All ^ (Filter.Ids is not null);

    public static DeadLetterOptions Parse(IReadOnlyList<string> words)
    {
        var options = new DeadLetterOptions { Verb = words.Count > 0 ? words[0] : "list" };
        var ids = new List<long>();
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                ids.Add(id);
            else if (word == "--all")
                options = options with { All = true };
            else if (word == "--json")
                options = options with { Json = true };
            else if (i + 1 < words.Count)
                options = options.With(word, words[++i]);
            else
                throw new FormatException($"Not understood: {word}");
        }

        return ids.Count > 0 ? options with { Filter = options.Filter with { Ids = ids } } : options;
    }

    private DeadLetterOptions With(string name, string value) => name switch
    {
        "--state" => this with { Filter = Filter with { State = value } },
        "--topic" => this with { Filter = Filter with { Topic = value } },
        "--consumer" => this with { Filter = Filter with { Consumer = value } },
        "--type" => this with { Filter = Filter with { MessageType = value } },
        "--reason" => this with { Filter = Filter with { Reason = value } },
        "--key" => this with { Filter = Filter with { Key = value } },
        "--error" => this with { Filter = Filter with { Error = value } },
        "--since" => this with { Filter = Filter with { Since = DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) } },
        "--limit" => this with { Limit = int.Parse(value, CultureInfo.InvariantCulture) },
        "--before" => this with { Before = long.Parse(value, CultureInfo.InvariantCulture) },
        "--note" => this with { Note = value },
        "--actor" => this with { Actor = value },
        _ => throw new FormatException($"Not understood: {name}"),
    };
}
