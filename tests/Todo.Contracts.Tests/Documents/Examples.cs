using Todo.Contracts.Account;
using Todo.Contracts.Commands;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Contracts.Users;

namespace Todo.Contracts.Tests.Documents;

/// <summary>One example of every message, in the order a person would read about them.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 8, 30, 0, TimeSpan.Zero);
    public const string MessageId = "019ad8c0-5a40-7d11-9c3f-0d4f6f1d2a10";
    public const string CorrelationId = "019ad8c0-5a40-7d11-9c3f-0d4f6f1d2a0f";
    public const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private const string CommandId = "019ad8c0-7777-7d11-9c3f-0d4f6f1d2a33";

    private static readonly Guid TaskId = Guid.Parse("019ad8c0-1c7e-7b52-8d0e-3f6f0c9b7e21");
    private static readonly Guid UserId = Guid.Parse("019ad8b0-77aa-7c03-a1b2-5e1d2c3b4a59");
    private static readonly Guid ReminderId = Guid.Parse("019ad8c0-1c7e-7b52-8d0e-3f6f0c9b7e99");
    private static readonly Due Friday = new(new DateOnly(2026, 12, 4), new TimeOnly(18, 0), "Europe/Paris");

    private static readonly TaskView Open = new()
    {
        TaskId = TaskId,
        OwnerId = UserId,
        Title = "Water the plants",
        Notes = "The *fern* needs more than the others.",
        Labels = ["home"],
        Due = Friday,
        Reminders = [new Reminder(ReminderId, MinutesBefore: 30)],
        Recurrence = new RecurrenceRule("FREQ=WEEKLY;BYDAY=FR", Anchor: Friday.Date),
        SeriesId = TaskId,
        Occurrence = 1,
        Zone = "Europe/Paris",
        Order = "0h3k9",
        CreatedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };

    private static readonly NotificationView Bell = new()
    {
        NotificationId = Guid.Parse("019ad8c0-9f00-7a01-b2c3-d4e5f6a7b8c9"),
        UserId = UserId,
        Kind = NotificationKinds.Reminder,
        TaskId = TaskId,
        ReminderId = ReminderId,
        Title = "Water the plants",
        ExpectedAt = Now.AddDays(3),
        DeliveredAt = Now.AddDays(3).AddSeconds(0.1),
    };

    private static readonly List<object> All =
    [
        new TaskCreated(TaskId, UserId, Open, UserId, Now),
        new TaskUpdated(TaskId, UserId, Open with { Title = "Water all the plants", Version = 2 }, ["title"], UserId, Now),
        new TaskCompleted(TaskId, UserId, Open with { State = TaskState.Completed, CompletedAt = Now, Version = 3 }, UserId, Now),
        new TaskReopened(TaskId, UserId, Open with { Version = 4 }, UserId, Now),
        new TaskArchived(TaskId, UserId, Open with { State = TaskState.Archived, Version = 5 }, UserId, Now),
        new TaskDeleted(TaskId, UserId, Open with { DeletedAt = Now, Version = 6 }, UserId, Now),
        new TaskRestored(TaskId, UserId, Open with { Version = 7 }, UserId, Now),
        new OccurrenceSkipped(TaskId, UserId, Open with { State = TaskState.Archived, Version = 8 }, UserId, Now),
        new ReminderSnoozed(TaskId, UserId, ReminderId, Now.AddMinutes(10), UserId, Now),
        new TaskChanged(UserId, 42, TaskId, Open, "c-17", Now),
        new ListsChanged(UserId, "c-18", Now),
        new ReminderDue(TaskId, UserId, ReminderId, "Water the plants", Now.AddDays(3), Now.AddDays(3).AddMilliseconds(12)),
        new NotificationDelivered(Bell.NotificationId, UserId, Bell, Bell.DeliveredAt),
        new NotificationDismissed(Bell.NotificationId, UserId, Now.AddDays(3).AddMinutes(1)),
        new PreferencesChanged(UserId, "ana@example.org", new Preferences { Zone = "Europe/Paris" }, Now),
        new UserDeleted(UserId, Now),
        new EmailUnsubscribed(UserId, "the-proof-of-the-link", Now),
        new TestNotificationRequested(UserId, Guid.Parse(CorrelationId), Now),
        new CreateTaskCommand(TaskId, UserId, new CreateTaskRequest { Title = "Water the plants", Due = Friday, Labels = ["home"] }),
        new UpdateTaskCommand(TaskId, UserId, new UpdateTaskRequest { Title = "Water all the plants", Priority = 2 }, 1),
        new CompleteTaskCommand(TaskId, UserId),
        new ReopenTaskCommand(TaskId, UserId),
        new DeleteTaskCommand(TaskId, UserId, 7),
        new SkipOccurrenceCommand(TaskId, UserId),
        new SnoozeReminderCommand(TaskId, UserId, ReminderId, Now.AddMinutes(10)),
        new CommandAccepted(CommandId, TaskId, UserId, 1, Now),
        new CommandRefused(CommandId, TaskId, UserId, new CommandProblem(400, "Bad Request", "Some fields are wrong.", new Dictionary<string, string[]> { ["title"] = ["Must not be empty."] }), Now),
        new CreateOccurrence(
            Guid.Parse("019ad8c0-1c7e-8b52-8d0e-3f6f0c9b7e22"), UserId, TaskId, 2, TaskId, Friday with { Date = Friday.Date.AddDays(7) }, null, null,
            [new Reminder(ReminderId, MinutesBefore: 30)], Now),
        new WithdrawOccurrence(Guid.Parse("019ad8c0-1c7e-8b52-8d0e-3f6f0c9b7e22"), UserId, TaskId, Now),
        new RepublishTask(TaskId, Now),
    ];

    public static object Of(Type type) => All.Single(example => example.GetType() == type);

    public static int PlaceOf(Type type) => All.FindIndex(example => example.GetType() == type) is >= 0 and var place
        ? place : throw new InvalidOperationException($"{type.Name} has no example yet: add one to Examples.cs.");
}
