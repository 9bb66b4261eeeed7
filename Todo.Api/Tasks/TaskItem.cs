using Todo.Api.Lists;
using Todo.Api.Settings;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>A task and its rules. Every method answers with the fact it made true, or null where it was true already.</summary>
internal sealed partial class TaskItem
{
    private TaskItem()
    {
    }

    public Guid TaskId { get; private set; }
    public Guid OwnerId { get; private set; }
    public string Title { get; private set; } = "";
    public string? Notes { get; private set; }
    public TaskState State { get; private set; }
    public int Priority { get; private set; } = 4;
    public Guid? ProjectId { get; private set; }
    public Guid? SectionId { get; private set; }
    public Guid? ParentId { get; private set; }

    public List<string> Labels
    {
        get;
        private set => (field, LabelKeys) = (value, value.ConvertAll(Label.KeyOf));
    } = [];

    /// <summary>The labels as they are looked for.</summary>
    public List<string> LabelKeys { get; private set; } = [];

    public DateOnly? StartDate { get; private set; }
    public TimeOnly? StartTime { get; private set; }
    public string? StartZone { get; private set; }
    public DateOnly? DueDate { get; private set; }
    public TimeOnly? DueTime { get; private set; }
    public string? DueZone { get; private set; }
    public DateOnly? Deadline { get; private set; }
    public int? EstimateMinutes { get; private set; }
    public IReadOnlyList<Reminder> Reminders { get; private set; } = [];
    public RecurrenceRule? Recurrence { get; private set; }
    public Guid? SeriesId { get; private set; }
    public int? Occurrence { get; private set; }
    public string Zone { get; private set; } = "UTC";
    public TimeOnly? AllDayTime { get; private set; }
    public string Order { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public DateTimeOffset? DeletedAt { get; private set; }
    public long Version { get; private set; }

    /// <summary>The version an occurrence had when its series made it; while that is its version, nobody has touched it.</summary>
    public long? UntouchedVersion { get; private set; }

    /// <summary>True for an occurrence that somebody gave dates or reminders of its own.</summary>
    public bool IsDatedByHand { get; private set; }

    /// <summary>When it was skipped; null where it was not, or was put away without being skipped.</summary>
    public DateTimeOffset? SkippedAt { get; private set; }

    /// <summary>True when every missed occurrence was skipped along with it.</summary>
    public bool SkippedAllMissed { get; private set; }

    public bool IsUntouched => State == TaskState.Open && DeletedAt is null && Version == UntouchedVersion;

    public bool IsLive => State == TaskState.Open && DeletedAt is null;

    private Whereabouts Where => new(Zone, AllDayTime);

    private Due? Start
    {
        get => StartDate is { } date ? new Due(date, StartTime, StartZone) : null;
        set => (StartDate, StartTime, StartZone) = (value?.Date, value?.Time, value?.Zone);
    }

    private Due? Due
    {
        get => DueDate is { } date ? new Due(date, DueTime, DueZone) : null;
        set => (DueDate, DueTime, DueZone) = (value?.Date, value?.Time, value?.Zone);
    }

    public static (TaskItem Task, TaskCreated Fact) Create(Guid taskId, Guid ownerId, CreateTaskRequest request, Whereabouts where, DateTimeOffset now)
    {
        var task = new TaskItem
        {
            TaskId = taskId,
            OwnerId = ownerId,
            Title = request.Title!.Trim(),
            Notes = Blank(request.Notes),
            Priority = request.Priority,
            ProjectId = request.ProjectId,
            SectionId = request.SectionId,
            ParentId = request.ParentId,
            Labels = Tidy(request.Labels),
            Start = request.Start,
            Due = request.Due,
            Deadline = request.Deadline,
            EstimateMinutes = request.EstimateMinutes,
            Reminders = Kept(request.Reminders, []),
            Order = OrderKey.Last(now),
            CreatedAt = now,
        };
        task.Follow(Checked(request.Recurrence, request.Due?.Date));
        task.Touch(where, now);
        return (task, new TaskCreated(taskId, ownerId, task.ToView(), ownerId, now));
    }

    /// <summary>The fact of how the task stands, said again for those who missed it.</summary>
    public ITaskFact Repeat() => this switch
    {
        { DeletedAt: { } deletedAt } => new TaskDeleted(TaskId, OwnerId, ToView(), OwnerId, deletedAt),
        { State: TaskState.Completed } => new TaskCompleted(TaskId, OwnerId, ToView(), OwnerId, CompletedAt ?? UpdatedAt),
        { SkippedAt: { } skippedAt } => new OccurrenceSkipped(TaskId, OwnerId, ToView(), OwnerId, skippedAt, SkippedAllMissed),
        { State: TaskState.Archived } => new TaskArchived(TaskId, OwnerId, ToView(), OwnerId, UpdatedAt),
        _ => new TaskUpdated(TaskId, OwnerId, ToView(), [], OwnerId, UpdatedAt),
    };

    /// <summary>The owner's days run differently now; nothing of the task itself changed.</summary>
    public TaskUpdated? MoveTo(Whereabouts where, DateTimeOffset now)
    {
        if (where == Where || DeletedAt is not null)
            return null;
        List<string> changed = [.. where.Zone == Zone ? Array.Empty<string>() : ["zone"], .. where.AllDayTime == AllDayTime ? Array.Empty<string>() : ["allDayTime"]];
        UntouchedVersion = IsUntouched ? Version + 1 : UntouchedVersion;
        Touch(where, now);
        return new TaskUpdated(TaskId, OwnerId, ToView(), changed, OwnerId, now);
    }

    public TaskCompleted? Complete(Guid actorId, DateTimeOffset now)
    {
        MustNotBeInTrash();
        if (State == TaskState.Completed)
            return null;
        (State, CompletedAt, SkippedAt, SkippedAllMissed) = (TaskState.Completed, now, null, false);
        Touch(Where, now);
        return new TaskCompleted(TaskId, OwnerId, ToView(), actorId, now);
    }

    public TaskReopened? Reopen(Guid actorId, DateTimeOffset now)
    {
        MustNotBeInTrash();
        if (State == TaskState.Open)
            return null;
        (State, CompletedAt, SkippedAt, SkippedAllMissed) = (TaskState.Open, null, null, false);
        Touch(Where, now);
        return new TaskReopened(TaskId, OwnerId, ToView(), actorId, now);
    }

    public TaskArchived? Archive(Guid actorId, DateTimeOffset now)
    {
        MustNotBeInTrash();
        if (State == TaskState.Archived)
            return null;
        (State, CompletedAt) = (TaskState.Archived, null);
        Touch(Where, now);
        return new TaskArchived(TaskId, OwnerId, ToView(), actorId, now);
    }

    public TaskDeleted? Delete(Guid actorId, DateTimeOffset now)
    {
        if (DeletedAt is not null)
            return null;
        DeletedAt = now;
        Touch(Where, now);
        return new TaskDeleted(TaskId, OwnerId, ToView(), actorId, now);
    }

    public TaskRestored? Restore(Guid actorId, DateTimeOffset now)
    {
        if (DeletedAt is null)
            return null;
        DeletedAt = null;
        Touch(Where, now);
        return new TaskRestored(TaskId, OwnerId, ToView(), actorId, now);
    }

    public ReminderSnoozed Snooze(Guid reminderId, DateTimeOffset until, Guid actorId, DateTimeOffset now)
    {
        MustNotBeInTrash();
        if (State != TaskState.Open)
            throw new RuleBreachException("A task that is not open reminds nobody.");
        if (Reminders.All(r => r.ReminderId != reminderId))
            throw new RuleBreachException("The task has no such reminder.");
        if (until <= now || until > now.AddDays(366))
            throw new RuleBreachException("Snooze until later than now, within a year.");
        return new ReminderSnoozed(TaskId, OwnerId, reminderId, until.ToUniversalTime(), actorId, now);
    }

    private void MustNotBeInTrash()
    {
        if (DeletedAt is not null)
            throw new RuleBreachException("The task is in the trash; restore it first.");
    }

    private void Touch(Whereabouts where, DateTimeOffset now)
    {
        (Zone, AllDayTime) = (where.Zone, where.AllDayTime);
        UpdatedAt = now;
        Version++;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static List<string> Tidy(IEnumerable<string>? labels) =>
        [.. (labels ?? []).Select(label => label.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>As they are kept: with a moment in UTC, and an id. One sent without an id that the task has already is that one.</summary>
    private static List<Reminder> Kept(IEnumerable<Reminder>? reminders, IReadOnlyList<Reminder> before)
    {
        var kept = new List<Reminder>();
        foreach (var sent in reminders ?? [])
        {
            var reminder = sent with { At = sent.At?.ToUniversalTime() };
            if (reminder.ReminderId == Guid.Empty)
                reminder = before.Except(kept).FirstOrDefault(known => known with { ReminderId = Guid.Empty } == reminder) ?? reminder with { ReminderId = Guid.NewGuid() };
            kept.Add(reminder);
        }

        return kept;
    }
}
