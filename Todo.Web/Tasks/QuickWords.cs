using Todo.Contracts.QuickAdd;
using Todo.Contracts.Reminders;
using Todo.Web.Dates;
using Todo.Web.Recurrence;
using Todo.Web.Reminders;

namespace Todo.Web.Tasks;

/// <summary>What a piece of a quick-add line was taken for, in the words of its chip.</summary>
public static class QuickWords
{
    public static string Of(QuickToken token, QuickAddResult said, UserClock clock, bool isNew) => token.Kind switch
    {
        QuickTokenKind.Due when said.Due is { } due => DateWords.Due(due, clock),
        QuickTokenKind.Recurrence when said.Recurrence is { } rule => RuleWords.Of(rule) + (said.Due is { } first ? $", from {DateWords.Due(first, clock)}" : ""),
        QuickTokenKind.Deadline when said.Deadline is { } day => $"Deadline {DateWords.Day(day, clock.Today)}",
        QuickTokenKind.Priority => $"Priority {said.Priority}",
        QuickTokenKind.Estimate => $"{said.EstimateMinutes} min",
        QuickTokenKind.Reminder => "Reminder " + string.Join(", ", said.Reminders.Select(reminder =>
            reminder.At is { } at ? DateWords.Moment(at, clock) : ReminderWords.Before(reminder.MinutesBefore ?? 0, ReminderAnchor.Due, said.Due?.Time is null))),
        QuickTokenKind.Project => (isNew ? "New project " : "") + token.Value,
        QuickTokenKind.Label => "@" + token.Value,
        QuickTokenKind.Notes => "Notes",
        _ => token.Value,
    };

    public static string IconOf(QuickTokenKind kind) => kind switch
    {
        QuickTokenKind.Due => "calendar",
        QuickTokenKind.Recurrence => "repeat",
        QuickTokenKind.Deadline or QuickTokenKind.Priority => "flag",
        QuickTokenKind.Reminder => "bell",
        QuickTokenKind.Estimate => "clock",
        QuickTokenKind.Project => "folder",
        QuickTokenKind.Notes => "note",
        _ => "label",
    };
}
