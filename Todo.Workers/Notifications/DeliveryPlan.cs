using NodaTime;
using Todo.Contracts.Account;
using Todo.Contracts.Notifications;
using Todo.Workers.Calendar;

namespace Todo.Workers.Notifications;

/// <summary>When a delivery goes out: at once, after quiet hours, or as one of those that a downtime made too old.</summary>
internal static class DeliveryPlan
{
    /// <summary>What is later than this says so: usual is a fraction of a second, and somebody who waits has looked at the clock by then.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromSeconds(10);

    /// <summary>What is later than this is counted into one summary instead of ringing on its own.</summary>
    public static readonly TimeSpan TooLate = TimeSpan.FromHours(24);

    /// <summary>How long a summary waits for more of its kind.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    public static void Plan(this Delivery delivery, Preferences? preferences, DateTimeOffset now)
    {
        if (now - delivery.ExpectedAt > TooLate)
        {
            (delivery.State, delivery.NextAttemptAt) = delivery.Channel == Channels.InApp
                ? (DeliveryState.Missed, now + Gathering)
                : (DeliveryState.Folded, (DateTimeOffset?)null);
        }
        else if (delivery.Channel != Channels.InApp && !delivery.Urgent && preferences?.QuietUntil(now) is { } end)
        {
            (delivery.State, delivery.NextAttemptAt) = (DeliveryState.Held, end);
        }
    }

    /// <summary>When the quiet hours of this moment end; null when nothing is quiet now.</summary>
    public static DateTimeOffset? QuietUntil(this Preferences preferences, DateTimeOffset now)
    {
        var zone = WallClock.Zone(preferences.Zone);
        var end = now;
        // Hours that follow one another without a break are one quiet; a week of them is the most that can.
        for (var i = 0; i < 14 && preferences.QuietEnd(end, zone) is { } later && later > end; i++)
            end = later;

        return end > now ? end : null;
    }

    public static NotificationDelivered ToNotification(this Delivery delivery, DateTimeOffset now) => new(
        delivery.NotificationId,
        delivery.UserId,
        new NotificationView
        {
            NotificationId = delivery.NotificationId,
            UserId = delivery.UserId,
            Kind = delivery.Kind,
            TaskId = delivery.TaskId,
            ReminderId = delivery.ReminderId,
            Title = delivery.Title,
            ExpectedAt = delivery.ExpectedAt,
            DeliveredAt = now,
            Late = delivery.IsLate(now),
        },
        now);

    private static DateTimeOffset? QuietEnd(this Preferences preferences, DateTimeOffset moment, DateTimeZone zone)
    {
        var today = WallClock.DateOf(moment, zone);
        var ends = from quiet in preferences.QuietHours
                   from day in new[] { today.AddDays(-1), today }
                   where quiet.Days.Count == 0 || quiet.Days.Contains(day.DayOfWeek)
                   let begin = WallClock.At(day, quiet.From, zone)
                   let end = WallClock.At(quiet.To > quiet.From ? day : day.AddDays(1), quiet.To, zone)
                   where begin <= moment && moment < end
                   select (DateTimeOffset?)end;
        return ends.Max();
    }
}
