using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;

namespace Todo.Contracts.Tasks;

/// <summary>What the shape of a task may be. Asked by the browser before sending and by the Api before believing.</summary>
public static class TaskRules
{
    /// <summary>The longest title.</summary>
    public const int TitleLength = 500;

    /// <summary>The longest notes.</summary>
    public const int NotesLength = 16_000;

    /// <summary>The longest label.</summary>
    public const int LabelLength = 60;

    /// <summary>How many labels or reminders a task carries at most.</summary>
    public const int ListLength = 20;

    /// <summary>What is wrong with the request; empty when nothing is.</summary>
    public static Problems Problems(this CreateTaskRequest request)
    {
        var problems = new Problems()
            .RequireText(request.Title, "title", 1, TitleLength)
            .RequireText(request.Notes, "notes", 0, NotesLength, lines: true)
            .Require(request.Priority is >= 1 and <= 4, "priority", "Between 1 (most pressing) and 4 (none).")
            .RequireText(request.Zone, "zone", 0, 64);
        return problems
            .RequireDates(request.Start, request.Due, request.Deadline, request.EstimateMinutes)
            .RequireLists(request.Labels, request.Reminders)
            .RequireRule(request.Recurrence)
            .Require(request.Recurrence is null || request.Due is not null, "recurrence", "A repeating task needs a due date.");
    }

    /// <summary>What is wrong with the fields that were sent; empty when nothing is.</summary>
    public static Problems Problems(this UpdateTaskRequest request)
    {
        var problems = new Problems();
        if (request.Has("title"))
            problems.RequireText(request.Title, "title", 1, TitleLength);
        return problems
            .RequireText(request.Notes, "notes", 0, NotesLength, lines: true)
            .Require(request.Priority is null or (>= 1 and <= 4), "priority", "Between 1 (most pressing) and 4 (none).")
            .RequireDates(request.Start, request.Due, request.Deadline, request.EstimateMinutes)
            .RequireLists(request.Labels, request.Reminders)
            .RequireRule(request.Recurrence)
            .Require(request.Order is null || OrderKey.IsValid(request.Order), "order", "Letters and digits, at most 100.");
    }

    private static Problems RequireDates(this Problems problems, Due? start, Due? due, DateOnly? deadline, int? estimate) => problems
        .RequireDay(start?.Date, "start").RequireText(start?.Zone, "start", 0, 64)
        .RequireDay(due?.Date, "due").RequireText(due?.Zone, "due", 0, 64)
        .RequireDay(deadline, "deadline")
        .Require(start?.Time is not null || start?.Zone is null, "start", "A zone needs a time.")
        .Require(due?.Time is not null || due?.Zone is null, "due", "A zone needs a time.")
        .Require(estimate is null or (>= 1 and <= 100_000), "estimateMinutes", "Between 1 and 100,000 minutes.");

    private static Problems RequireLists(this Problems problems, IReadOnlyList<string>? labels, IReadOnlyList<Reminder>? reminders)
    {
        problems.Require(labels is null || labels.Count <= ListLength, "labels", $"At most {ListLength} labels.");
        foreach (var label in labels?.Take(ListLength) ?? [])
            problems.RequireText(label, "labels", 1, LabelLength);

        problems.Require(reminders is null || reminders.Count <= ListLength, "reminders", $"At most {ListLength} reminders.");
        foreach (var reminder in reminders?.Take(ListLength) ?? [])
            problems.RequireReminder(reminder);
        return problems.Require(
            reminders is null || reminders.OfType<Reminder>().Where(r => r.ReminderId != Guid.Empty).CountBy(r => r.ReminderId).All(id => id.Value == 1),
            "reminders", "Every reminder has an id of its own.");
    }

    private static void RequireReminder(this Problems problems, Reminder? reminder) => problems
        .Require(reminder is not null, "reminders", "Must not be empty.")
        .Require(reminder is null || reminder.At is null != reminder.MinutesBefore is null, "reminders", "Either at an instant or some minutes before.")
        .Require(reminder?.At is null or { Year: >= 1970 and <= 2200 }, "reminders", "Between the years 1970 and 2200.")
        .Require(reminder?.MinutesBefore is null or (>= 0 and <= 525_600), "reminders", "Up to a year before.");

    private static Problems RequireRule(this Problems problems, RecurrenceRule? recurrence)
    {
        if (recurrence is null)
            return problems;
        problems.RequireDay(recurrence.Anchor, "recurrence");
        return RuleText.TryParse(PlainRule.ToRule(recurrence.Rule), out _, out var error) ? problems : problems.Require(false, "recurrence", error);
    }
}
