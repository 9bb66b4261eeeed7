using System.Text.Json.Serialization;

namespace Todo.Contracts.Reminders;

/// <summary>The moments people put a reminder off to, as words; what they mean depends on who says them and when.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SnoozeChoice>))]
public enum SnoozeChoice
{
    /// <summary>Ten minutes from now.</summary>
    [JsonStringEnumMemberName("ten-minutes")]
    TenMinutes,

    /// <summary>An hour from now.</summary>
    [JsonStringEnumMemberName("one-hour")]
    OneHour,

    /// <summary>Seven in the evening; no choice any more from six on.</summary>
    [JsonStringEnumMemberName("this-evening")]
    ThisEvening,

    /// <summary>Tomorrow at the time of all-day reminders.</summary>
    [JsonStringEnumMemberName("tomorrow-morning")]
    TomorrowMorning,

    /// <summary>The first day of the next week, at the time of all-day reminders.</summary>
    [JsonStringEnumMemberName("next-week")]
    NextWeek,
}

/// <summary>A choice and the moment it means.</summary>
/// <param name="Choice">The word.</param>
/// <param name="Until">The moment.</param>
public sealed record SnoozeMoment(SnoozeChoice Choice, DateTimeOffset Until);
