using Todo.Bus.Outbox;

namespace Todo.Bus.Scheduling;

/// <summary>One timeout waiting for its time, as stored in <c>bus.timers</c> beside the saga that asked for it.</summary>
/// <param name="Token">Names the timer; deleting the row by it is what cancels.</param>
/// <param name="DueAt">When to put it on the topic.</param>
/// <param name="Record">The record, final bytes included.</param>
/// <param name="SagaId">The saga that asked, for people.</param>
/// <param name="Consumer">The consumer group that asked, for people.</param>
public sealed record TimerRow(
    Guid Token,
    DateTimeOffset DueAt,
    OutboxRow Record,
    Guid? SagaId,
    string Consumer);
