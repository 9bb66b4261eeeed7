using Todo.Contracts.Reminders;

namespace Todo.Contracts.Tasks;

/// <summary>POST /api/v1/tasks/{taskId}/reminders/{reminderId}/snooze: to a moment, or to one of the usual choices.</summary>
/// <param name="Until">When to remind again: later than now, within a year.</param>
/// <param name="Choice">Instead of a moment: what it means is worked out from the zone, morning and week of the preferences.</param>
public sealed record SnoozeRequest(DateTimeOffset? Until = null, SnoozeChoice? Choice = null);
