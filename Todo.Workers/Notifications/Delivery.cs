using Todo.Contracts.Notifications;
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

    /// <summary>Not sent any more: the task was closed, or the channel switched off, while it waited.</summary>
    Withdrawn,
}

/// <summary>One reminder on its way to one user by one channel. Its id is derived from those and the expected moment, so it exists once for ever.</summary>
internal sealed class Delivery
{
    public Guid DeliveryId { get; init; }

    public Guid NotificationId { get; init; }

    public Guid UserId { get; init; }

    public string Channel { get; init; } = "";

    public string Kind { get; init; } = NotificationKinds.Reminder;

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
        Kind = NotificationKinds.Test,
        Title = "This is the test you asked for",
        ExpectedAt = now,
        Urgent = true, // whoever asks for a test is awake
        NextAttemptAt = now,
        CreatedAt = now,
    };

    public static Delivery OfDigest(Guid userId, string channel, DateOnly day, string title, string lines, DateTimeOffset now) => new()
    {
        DeliveryId = NamedId.Of(userId, $"digest {day:yyyy-MM-dd} {channel}"),
        NotificationId = NamedId.Of(userId, $"digest {day:yyyy-MM-dd}"),
        UserId = userId,
        Channel = channel,
        Kind = NotificationKinds.Digest,
        Title = title,
        Details = lines,
        ExpectedAt = now,
        NextAttemptAt = now,
        CreatedAt = now,
    };

    /// <summary>Tells the user in the app that another channel does not reach them: of a reminder once a day, of a test each time.</summary>
    public static Delivery OfFailure(Delivery failed, DateOnly day, DateTimeOffset now)
    {
        var id = failed.Kind == NotificationKinds.Test
            ? NamedId.Of(failed.DeliveryId, "failed")
            : NamedId.Of(failed.UserId, $"failed {failed.Channel} {day:yyyy-MM-dd}");
        var what = failed.Channel == Channels.Email ? "A mail to you could not be sent" : "Your webhook could not be reached";
        return new Delivery
        {
            DeliveryId = id,
            NotificationId = id,
            UserId = failed.UserId,
            Channel = Channels.InApp,
            Kind = NotificationKinds.Undelivered,
            Title = $"{what}: {(failed.LastError is { Length: > 400 } error ? error[..400] : failed.LastError)}",
            ExpectedAt = now,
            CreatedAt = now,
        };
    }

    /// <summary>What a long downtime made too old, told as a number.</summary>
    public static Delivery OfMissed(IReadOnlyList<Delivery> missed, string channel, DateTimeOffset now) => new()
    {
        DeliveryId = NamedId.Of(missed[0].DeliveryId, channel == Channels.InApp ? "missed" : $"missed {channel}"),
        NotificationId = NamedId.Of(missed[0].DeliveryId, "missed"),
        UserId = missed[0].UserId,
        Channel = channel,
        Kind = NotificationKinds.Missed,
        Title = missed.Count == 1 ? $"You missed a reminder: {missed[0].Title}" : $"You missed {missed.Count} reminders",
        ExpectedAt = missed.Min(delivery => delivery.ExpectedAt),
        NextAttemptAt = now,
        CreatedAt = now,
    };

    public bool IsLate(DateTimeOffset now) => now - ExpectedAt > DeliveryPlan.OnTime;

    public void Done(DateTimeOffset now) =>
        (State, DeliveredAt, NextAttemptAt, LastError) = (DeliveryState.Delivered, now, null, null);
}
