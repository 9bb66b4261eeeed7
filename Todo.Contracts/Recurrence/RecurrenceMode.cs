using System.Text.Json.Serialization;

namespace Todo.Contracts.Recurrence;

/// <summary>What the next occurrence of a series is counted from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecurrenceMode>))]
public enum RecurrenceMode
{
    /// <summary>The schedule, leaving out slots that have passed. The default.</summary>
    [JsonStringEnumMemberName("skip-missed")]
    SkipMissed,

    /// <summary>The schedule, keeping slots that have passed: each is to be done.</summary>
    [JsonStringEnumMemberName("keep-missed")]
    KeepMissed,

    /// <summary>The day of completion.</summary>
    [JsonStringEnumMemberName("after-completion")]
    AfterCompletion,
}
