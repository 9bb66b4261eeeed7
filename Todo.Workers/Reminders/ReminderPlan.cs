using System.Text.Json.Serialization;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Workers.Reminders;

/// <summary>What is to fire, what is snoozed and what has fired. Pure, so the saga acts on it and the ledger checks the saga by it.</summary>
/// <param name="Pending">Moments still to come, the earliest first; after a downtime some of them lie in the past.</param>
/// <param name="Snoozes">Snoozed reminders; they outlive completing and reopening the task.</param>
/// <param name="Fired">What has fired of late, so that clocks that disagree by a little never fire a moment twice.</param>
internal sealed record ReminderPlan(
    IReadOnlyList<PlannedReminder> Pending,
    IReadOnlyList<PlannedReminder> Snoozes,
    IReadOnlyList<PlannedReminder> Fired)
{
    private const int FiredRemembered = 40;

    private static readonly string[] Dates = ["due", "start", "deadline", "reminders"];

    public static readonly ReminderPlan Empty = new([], [], []);

    [JsonIgnore]
    public DateTimeOffset? Next => Pending.Count > 0 ? Pending[0].At : null;

    public IReadOnlyList<PlannedReminder> DueBy(DateTimeOffset now) => [.. Pending.TakeWhile(planned => planned.At <= now)];

    /// <summary>The plan after a fact about the task. A moment that an edit put into the past is not made up for; one that a downtime let pass is.</summary>
    public ReminderPlan After(ITaskFact fact)
    {
        var snoozes = fact is TaskUpdated updated && updated.Changed.Intersect(Dates).Any() ? [] : Snoozes;
        if (fact.Task.State != TaskState.Open || fact.Task.DeletedAt is not null)
            return this with { Pending = [], Snoozes = snoozes };

        var wanted = fact.Task.PlannedReminders().Concat(snoozes);
        return this with { Pending = InOrder(wanted.Where(planned => IsAhead(planned, fact.OccurredAt))), Snoozes = snoozes };
    }

    public ReminderPlan After(ReminderSnoozed snooze)
    {
        var urgent = Fired.Concat(Pending).Any(known => known.ReminderId == snooze.ReminderId && known.Urgent);
        var planned = new PlannedReminder(snooze.ReminderId, snooze.Until.ToUniversalTime(), urgent, Snoozed: true);
        return Pending.Any(planned.Is) || !IsAhead(planned, snooze.OccurredAt)
            ? this
            : this with
            {
                Pending = InOrder([.. Pending.Where(other => !Replaces(planned, other)), planned]),
                Snoozes = [.. Snoozes.Where(other => other.ReminderId != planned.ReminderId), planned],
            };
    }

    public ReminderPlan AfterFiring(IReadOnlyList<PlannedReminder> due) => this with
    {
        Pending = [.. Pending.Where(planned => !due.Any(planned.Is))],
        Snoozes = [.. Snoozes.Where(planned => !due.Any(planned.Is))],
        Fired = [.. Fired.Concat(due).TakeLast(FiredRemembered)],
    };

    private bool IsAhead(PlannedReminder planned, DateTimeOffset factAt) =>
        !Fired.Any(planned.Is) && (planned.At > factAt || Pending.Any(planned.Is));

    // Snoozing again moves the snooze; the reminder's own next moment stays.
    private static bool Replaces(PlannedReminder snooze, PlannedReminder other) =>
        other.Snoozed && other.ReminderId == snooze.ReminderId;

    private static PlannedReminder[] InOrder(IEnumerable<PlannedReminder> planned) =>
        [.. planned.OrderBy(one => one.At).ThenBy(one => one.ReminderId)];
}
