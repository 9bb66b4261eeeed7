using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Workers.Tests;

/// <summary>A task and the facts about it, each the next version of the one before.</summary>
internal sealed class ATask
{
    public static readonly Guid Owner = Guid.Parse("0197aaaa-0000-7000-8000-000000000001");

    private DateTimeOffset _now;

    public ATask(string now = "2026-11-23T08:00Z")
    {
        _now = DateTimeOffset.Parse(now, null);
        View = new TaskView { TaskId = Guid.CreateVersion7(), OwnerId = Owner, Title = "Water the plants", CreatedAt = _now };
    }

    public TaskView View { get; private set; }

    public Guid Id => View.TaskId;

    public ATask At(string now)
    {
        _now = DateTimeOffset.Parse(now, null);
        return this;
    }

    public ATask In(string zone) => Having(View with { Zone = zone });

    public ATask Due(string date, string? time = null, string? zone = null) => Having(View with { Due = A(date, time, zone) });

    public ATask Start(string date, string? time = null) => Having(View with { Start = A(date, time, null) });

    public ATask Deadline(string date) => Having(View with { Deadline = DateOnly.Parse(date, null) });

    public ATask RemindAt(string moment, bool urgent = false) =>
        Reminding(new Reminder(Guid.CreateVersion7(), At: DateTimeOffset.Parse(moment, null), Urgent: urgent));

    public ATask RemindBefore(int minutes, ReminderAnchor anchor = ReminderAnchor.Due) =>
        Reminding(new Reminder(Guid.CreateVersion7(), MinutesBefore: minutes, Anchor: anchor));

    public ATask Repeating(string rule, RecurrenceMode mode = RecurrenceMode.SkipMissed, string? anchor = null) => Having(View with
    {
        Recurrence = new RecurrenceRule(rule, mode, anchor is null ? null : DateOnly.Parse(anchor, null)),
        SeriesId = View.SeriesId ?? View.TaskId,
        Occurrence = View.Occurrence ?? 1,
    });

    public ATask Having(TaskView view)
    {
        View = view;
        return this;
    }

    /// <summary>The task that the Api makes of the saga's request, as a copy of this one.</summary>
    public ATask Next(CreateOccurrence request) => new ATask(_now.ToString("O", null)).Having(View with
    {
        TaskId = request.TaskId,
        Occurrence = request.Occurrence,
        SeriesId = request.SeriesId,
        Due = request.Due,
        Start = request.Start,
        Deadline = request.Deadline,
        Reminders = request.Reminders,
        State = TaskState.Open,
        CompletedAt = null,
        Version = 0,
    });

    public TaskCreated Created() => new(Id, View.OwnerId, Step(View), View.OwnerId, _now);

    public TaskUpdated Updated(params string[] changed) => new(Id, View.OwnerId, Step(View), changed, View.OwnerId, _now);

    public TaskCompleted Completed() =>
        new(Id, View.OwnerId, Step(View with { State = TaskState.Completed, CompletedAt = _now }), View.OwnerId, _now);

    public OccurrenceSkipped Skipped(bool allMissed = false) =>
        new(Id, View.OwnerId, Step(View with { State = TaskState.Archived }), View.OwnerId, _now, allMissed);

    public TaskReopened Reopened() => new(Id, View.OwnerId, Step(View with { State = TaskState.Open, CompletedAt = null }), View.OwnerId, _now);

    public TaskArchived Archived() => new(Id, View.OwnerId, Step(View with { State = TaskState.Archived }), View.OwnerId, _now);

    public TaskDeleted Deleted() => new(Id, View.OwnerId, Step(View with { DeletedAt = _now }), View.OwnerId, _now);

    public TaskRestored Restored() => new(Id, View.OwnerId, Step(View with { DeletedAt = null }), View.OwnerId, _now);

    public ReminderSnoozed Snoozed(string until, int reminder = 0) =>
        new(Id, View.OwnerId, View.Reminders[reminder].ReminderId, DateTimeOffset.Parse(until, null), View.OwnerId, _now);

    private TaskView Step(TaskView view) => View = view with { Version = View.Version + 1, UpdatedAt = _now };

    private ATask Reminding(Reminder reminder) => Having(View with { Reminders = [.. View.Reminders, reminder] });

    private static Due A(string date, string? time, string? zone) =>
        new(DateOnly.Parse(date, null), time is null ? null : TimeOnly.Parse(time, null), zone);
}
