using System.Text.Json.Serialization;

namespace Todo.Contracts.Reminders;

/// <summary>The date of a task that a relative reminder counts back from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReminderAnchor>))]
public enum ReminderAnchor
{
    /// <summary>The due date.</summary>
    [JsonStringEnumMemberName("due")]
    Due,

    /// <summary>The start date.</summary>
    [JsonStringEnumMemberName("start")]
    Start,

    /// <summary>The deadline.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,
}
