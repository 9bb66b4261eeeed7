using Todo.Contracts.Reminders;
using Todo.Contracts.Users;
using Todo.Workers.Calendar;

namespace Todo.Workers.Notifications;

internal enum DeliveryState
{
    /// <summary>To be tried when its time comes.</summary>
    Waiting,

    /// <summary>Held back by quiet hours.</summary>
    Held,

    /// <summary>Too old to ring for; waits to be counted into one summary.</summary>
    Missed,

    /// <summary>Somebody is at it; tried again when its lease runs out.</summary>
    Sending,

    Delivered,

    /// <summary>Counted into a summary.</summary>
    Folded,

    /// <summary>Given up, with the reason.</summary>
    Failed,
}

/// <summary>One reminder on its way to one user by one channel. Its id is derived from those and the expected moment, so it exists once for ever.</summary>
internal sealed class Delivery
{
    public Guid DeliveryId { get; init; }

    public Guid NotificationId { get; init; }

    public Guid UserId { get; init; }

    public string Channel { get; init; } = "";

    public string Kind { get; init; } = "reminder";

    public Guid? TaskId { get; init; }

    public Guid? ReminderId { get; init; }

    public string Title { get; init; } = "";

    /// <summary>What a digest says beneath its title, a line a task.</summary>
    public string? Details { get; init; }

    public DateTimeOffset ExpectedAt { get; init; }

    public bool Urgent { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>When it is tried next; null once it is over.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public string? LastError { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>The summary it was counted into.</summary>
    public Guid? SummaryId { get; set; }

    public static Delivery Of(ReminderDue due, string channel, DateTimeOffset now)
    {
        var moment = $"{due.ReminderId:D} {due.ExpectedAt.UtcDateTime:O} {due.OwnerId:D}";
        return new Delivery
        {
            DeliveryId = NamedId.Of(due.TaskId, $"{moment} {channel}"),
            NotificationId = NamedId.Of(due.TaskId, moment),
            UserId = due.OwnerId,
            Channel = channel,
            TaskId = due.TaskId,
            ReminderId = due.ReminderId,
            Title = due.Title,
            ExpectedAt = due.ExpectedAt.ToUniversalTime(),
            Urgent = due.Urgent,
            NextAttemptAt = now,
            CreatedAt = now,
        };
    }

    public static Delivery Of(TestNotificationRequested test, string channel, DateTimeOffset now) => new()
    {
        DeliveryId = NamedId.Of(test.RequestId, $"test {channel}"),
        NotificationId = NamedId.Of(test.RequestId, "test"),
        UserId = test.UserId,
        Channel = channel,
        Kind = "test",
        Title = "This is the test you asked for",
        ExpectedAt = now,
        Urgent = true, // whoever asks for a test is awake
        NextAttemptAt = now,
        CreatedAt = now,
    };

    public static Delivery OfDigest(Guid userId, DateOnly day, string title, string lines, DateTimeOffset now) => new()
    {
        DeliveryId = NamedId.Of(userId, $"digest {day:yyyy-MM-dd}"),
        NotificationId = NamedId.Of(userId, $"digest {day:yyyy-MM-dd}"),
        UserId = userId,
        Channel = Channels.Email,
        Kind = "digest",
        Title = title,
        Details = lines,
        ExpectedAt = now,
        NextAttemptAt = now,
        CreatedAt = now,
    };

    public bool IsLate(DateTimeOffset now) => now - ExpectedAt > TimeSpan.FromMinutes(1);

    public void Done(DateTimeOffset now) =>
        (State, DeliveredAt, NextAttemptAt, LastError) = (DeliveryState.Delivered, now, null, null);
}
