namespace Todo.Bus.DeadLetters;

/// <summary>Which dead letters are meant: those that fit all of what is set.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>Only these letters.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Only in this state.</summary>
    public string? State { get; init; }

    /// <summary>Only from this topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Only of this consumer group.</summary>
    public string? Consumer { get; init; }

    /// <summary>Only of this event type.</summary>
    public string? MessageType { get; init; }

    /// <summary>Only with this reason code.</summary>
    public string? Reason { get; init; }

    /// <summary>Only with this key.</summary>
    public string? Key { get; init; }

    /// <summary>Only where the error contains this.</summary>
    public string? Error { get; init; }

    /// <summary>Only failed at or after this.</summary>
    public DateTimeOffset? Since { get; init; }
}
