namespace Todo.Contracts.Account;

/// <summary>What a user prefers, for every device. GET and PUT /api/v1/preferences.</summary>
public sealed record Preferences
{
    /// <summary>The IANA zone in which "today", floating times and all-day reminders are read.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>The language tag whose habits decide how 3/4 is read, for example <c>en-GB</c>.</summary>
    public string Locale { get; set; } = "en-GB";

    /// <summary>The first day of the week.</summary>
    public DayOfWeek WeekStart { get; set; } = DayOfWeek.Monday;

    /// <summary>When reminders of tasks without a time of day come.</summary>
    public TimeOnly AllDayTime { get; set; } = new(9, 0);

    /// <summary>When notifications are held back, unless they are urgent.</summary>
    public IReadOnlyList<QuietHours> QuietHours { get; set; } = [];

    /// <summary>The ways reminders travel beside the list in the app: <c>email</c>, <c>webhook</c>.</summary>
    public IReadOnlyList<string> Channels { get; set; } = ["email"];

    /// <summary>The ways of single kinds, where they differ: <c>reminder</c>, <c>reminders-missed</c> or <c>digest</c> to a list like <see cref="Channels"/>.</summary>
    /// <remarks>A kind that is not named: reminders take <see cref="Channels"/>, digests are mails, and a summary of missed ones stays in the app.</remarks>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ChannelsByKind { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where webhooks are posted to, for the channel <c>webhook</c>.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The local time of the daily digest; null means none.</summary>
    public TimeOnly? DigestAt { get; init; }

    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>.</summary>
    public string Theme { get; set; } = "system";

    /// <summary><c>comfortable</c> or <c>compact</c>.</summary>
    public string Density { get; set; } = "comfortable";

    /// <summary>True to read dates, labels and the like out of what is typed.</summary>
    public bool SmartDates { get; set; } = true;

    /// <summary>True to let single keys act as commands.</summary>
    public bool Shortcuts { get; set; } = true;
}
