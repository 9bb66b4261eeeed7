using MassTransit;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Workers.Recurrence;

/// <summary>What the recurrence saga knows about one series. The correlation id is the series', which is its first task's.</summary>
internal sealed class RecurrenceState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public Guid OwnerId { get; set; }

    public string Rule { get; set; } = "";

    public RecurrenceMode Mode { get; set; }

    /// <summary>
    /// The day the rule is counted from, and the occurrence that COUNT is counted from: both move when the rule is edited; the
    /// latter also moves back by what one skip leaves out.
    /// </summary>
    public DateOnly Anchor { get; set; }

    public int RuleSince { get; set; }

    /// <summary>The time of day of the series, and the zone it is fixed to; null for whole days and for floating times.</summary>
    public TimeOnly? Time { get; set; }

    public string? TimeZone { get; set; }

    /// <summary>The one occurrence that is live, the first being 1.</summary>
    public int Occurrence { get; set; }

    public LiveOccurrence Live { get; set; } = LiveOccurrence.None;

    /// <summary>The one before it, for undoing its completion, and through it those before that.</summary>
    public LiveOccurrence Previous { get; set; } = LiveOccurrence.None;

    /// <summary>True while closing an occurrence brings no next one.</summary>
    public bool IsPaused { get; set; }

    /// <summary>True when the live occurrence was closed in the meantime: resuming brings the next one at once.</summary>
    public bool IsOwedNext { get; set; }

    /// <summary>Why the series is over, where it is.</summary>
    public string? EndedBecause { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>An occurrence as last heard of.</summary>
/// <param name="TaskId">Its task.</param>
/// <param name="Version">The version of that task; older facts are ignored.</param>
/// <param name="Slot">The day the rule gave it.</param>
/// <param name="Due">When it is due; differs from the slot when it was postponed.</param>
internal sealed record LiveOccurrence(Guid TaskId, long Version, DateOnly Slot, Due Due)
{
    public static readonly LiveOccurrence None = new(Guid.Empty, 0, default, new Due(default));

    /// <summary>When it was closed; <see cref="DateTimeOffset.MinValue"/> while it is live.</summary>
    public DateTimeOffset ClosedAt { get; init; }

    /// <summary>How the series stood when it was closed; null while it is live.</summary>
    public SeriesThen? Then { get; init; }
}

/// <summary>What closing an occurrence may change of its series, kept so that undoing it restores exactly what was.</summary>
internal sealed record SeriesThen(string Rule, RecurrenceMode Mode, DateOnly Anchor, int RuleSince, TimeOnly? Time, string? TimeZone, LiveOccurrence Previous);
