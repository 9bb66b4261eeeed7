namespace Todo.Contracts.Notifications;

/// <summary>What a notification can be about: <see cref="NotificationView.Kind"/>, and the keys of the channels by kind in the preferences.</summary>
public static class NotificationKinds
{
    /// <summary>A reminder's moment has come.</summary>
    public const string Reminder = "reminder";

    /// <summary>A summary of reminders that a long downtime made too old to ring for.</summary>
    public const string Missed = "reminders-missed";

    /// <summary>What is due today, once a day.</summary>
    public const string Digest = "digest";

    /// <summary>The test somebody asked for.</summary>
    public const string Test = "test";

    /// <summary>Something could not be delivered on another channel, and why.</summary>
    public const string Undelivered = "delivery-failed";

    /// <summary>Those whose ways a user chooses.</summary>
    public static IReadOnlyList<string> Chosen { get; } = [Reminder, Missed, Digest];
}
