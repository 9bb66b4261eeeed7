using NodaTime;
using NodaTime.Extensions;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>What only repeating tasks do: come again, be skipped, rest, end.</summary>
internal sealed partial class TaskItem
{
    /// <summary>The next task of a series: what it is comes from the one before, when it is from the series' saga.</summary>
    public static (TaskItem Task, TaskCreated Fact) Follow(TaskItem previous, CreateOccurrence command, Guid? parentId, DateTimeOffset now)
    {
        var task = previous.Copy(command.TaskId, now);
        task.ParentId = parentId;
        task.SeriesId = command.SeriesId;
        task.Occurrence = command.Occurrence;
        task.Recurrence = previous.Recurrence;
        task.Take(command);
        task.Touch(previous.Where, now);
        task.UntouchedVersion = task.Version;
        return (task, new TaskCreated(task.TaskId, task.OwnerId, task.ToView(), task.OwnerId, now));
    }

    /// <summary>The sub-task again, open, beneath the parent's next occurrence; its dates move by as many days as the parent's.</summary>
    public static (TaskItem Task, TaskCreated Fact) FollowWithin(TaskItem previous, Guid taskId, Guid parentId, int days, DateTimeOffset now)
    {
        var task = previous.Copy(taskId, now);
        task.ParentId = parentId;
        (task.Start, task.Due, task.Deadline, task.Reminders) = (previous.Start, previous.Due, previous.Deadline, previous.Reminders);
        task.Touch(previous.Where, now);
        task.MoveBy(days);
        task.UntouchedVersion = task.Version;
        return (task, new TaskCreated(task.TaskId, task.OwnerId, task.ToView(), task.OwnerId, now));
    }

    /// <summary>What it is a part of has come again, and it goes along.</summary>
    public TaskUpdated MoveUnder(Guid parentId, DateTimeOffset now)
    {
        var wasUntouched = IsUntouched;
        ParentId = parentId;
        Touch(Where, now);
        UntouchedVersion = wasUntouched ? Version : UntouchedVersion;
        return new TaskUpdated(TaskId, OwnerId, ToView(), ["parentId"], OwnerId, now);
    }

    /// <summary>The occurrence before it came back: this one waits in the trash, as touched or untouched as it was.</summary>
    public TaskDeleted? TakeBack(Guid actorId, DateTimeOffset now)
    {
        var wasUntouched = IsUntouched;
        var deleted = Delete(actorId, now);
        UntouchedVersion = wasUntouched ? Version : UntouchedVersion;
        return deleted;
    }

    /// <summary>
    /// An occurrence that was taken back is asked for again: it comes out of the trash with all that was done to it, and with the
    /// dates it is asked for with, unless somebody had given it others.
    /// </summary>
    public TaskRestored? Revive(CreateOccurrence command, DateTimeOffset now)
    {
        if (DeletedAt is null || SeriesId != command.SeriesId)
            return null;
        if (!IsDatedByHand)
            Take(command);
        return ComeBack(now);
    }

    /// <summary>The sub-task of such an occurrence comes back with it.</summary>
    public TaskRestored ReviveWithin(int days, DateTimeOffset now)
    {
        MoveBy(days);
        return ComeBack(now);
    }

    /// <summary>Closes this occurrence without credit; the series goes on, leaving out every missed one if asked to.</summary>
    public OccurrenceSkipped? Skip(bool allMissed, Guid actorId, DateTimeOffset now)
    {
        MustNotBeInTrash();
        if (Recurrence is null)
            throw new RuleBreachException("Only a repeating task can be skipped.");
        if (State == TaskState.Archived)
            return null;
        if (State == TaskState.Completed)
            throw new RuleBreachException("This occurrence is completed; reopen it first.");
        (State, SkippedAt, SkippedAllMissed) = (TaskState.Archived, now, allMissed);
        Touch(Where, now);
        return new OccurrenceSkipped(TaskId, OwnerId, ToView(), actorId, now, allMissed);
    }

    /// <summary>Lets the series rest, or go on: on the closed occurrence too, since it may be the last there is.</summary>
    public TaskUpdated? Pause(bool paused, Guid actorId, DateTimeOffset now)
    {
        MustNotBeInTrash();
        if (Recurrence is null)
            throw new RuleBreachException("Only a repeating task can be paused.");
        if (Recurrence.Paused == paused)
            return null;
        Recurrence = Recurrence with { Paused = paused };
        Touch(Where, now);
        return new TaskUpdated(TaskId, OwnerId, ToView(), ["recurrence"], actorId, now);
    }

    /// <summary>The series ends with this occurrence.</summary>
    public TaskUpdated? StopRepeating(Guid actorId, DateTimeOffset now)
    {
        MustNotBeInTrash();
        if (Recurrence is null || State != TaskState.Open)
            return null;
        Recurrence = null;
        Touch(Where, now);
        return new TaskUpdated(TaskId, OwnerId, ToView(), ["recurrence"], actorId, now);
    }

    private TaskRestored ComeBack(DateTimeOffset now)
    {
        var wasUntouched = Version == UntouchedVersion;
        DeletedAt = null;
        Touch(Where, now);
        UntouchedVersion = wasUntouched ? Version : UntouchedVersion;
        return new TaskRestored(TaskId, OwnerId, ToView(), OwnerId, now);
    }

    private void Take(CreateOccurrence command) =>
        (Due, Start, Deadline, Reminders) = (command.Due, command.Start, command.Deadline, Kept(command.Reminders, []));

    // Calendar days at the same wall-clock time, never elapsed hours; relative reminders follow by themselves.
    private void MoveBy(int days)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;
        Start = Start is { } start ? start with { Date = start.Date.AddDays(days) } : null;
        Due = Due is { } due ? due with { Date = due.Date.AddDays(days) } : null;
        Deadline = Deadline?.AddDays(days);
        Reminders = Kept(Reminders.Select(reminder => reminder.At is { } at
            ? reminder with { At = at.ToInstant().InZone(zone).LocalDateTime.PlusDays(days).InZoneLeniently(zone).ToDateTimeOffset() }
            : reminder), []);
    }

    private TaskItem Copy(Guid taskId, DateTimeOffset now) => new()
    {
        TaskId = taskId,
        OwnerId = OwnerId,
        Title = Title,
        Notes = Notes,
        Priority = Priority,
        ProjectId = ProjectId,
        SectionId = SectionId,
        ParentId = ParentId,
        Labels = [.. Labels],
        EstimateMinutes = EstimateMinutes,
        Order = Order,
        CreatedAt = now,
    };

    /// <summary>The rule as it is kept: with the day it is anchored to, so that moving one occurrence does not move the series.</summary>
    private static RecurrenceRule? Checked(RecurrenceRule? rule, DateOnly? due)
    {
        if (rule is null)
            return null;
        if (due is null)
            throw new RuleBreachException("A repeating task needs a due date.");
        rule = rule with { Rule = PlainRule.ToRule(rule.Rule), Anchor = rule.Anchor ?? due };
        return RuleText.TryParse(rule.Rule, out var read, out _) && read.Until < rule.Anchor ? throw new RuleBreachException("The series ends before it starts.") : rule;
    }

    private void Follow(RecurrenceRule? rule)
    {
        Recurrence = rule;
        if (rule is not null)
            (SeriesId, Occurrence) = (SeriesId ?? TaskId, Occurrence ?? 1);
    }
}
