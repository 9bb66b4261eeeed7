using System.Text.Json.Serialization;

namespace Todo.Contracts.QuickAdd;

/// <summary>What a piece of a quick-add line was understood as.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuickTokenKind>))]
public enum QuickTokenKind
{
    /// <summary>A project, perhaps with a section.</summary>
    [JsonStringEnumMemberName("project")]
    Project,

    /// <summary>A label.</summary>
    [JsonStringEnumMemberName("label")]
    Label,

    /// <summary>Somebody to do it.</summary>
    [JsonStringEnumMemberName("assignee")]
    Assignee,

    /// <summary>A priority.</summary>
    [JsonStringEnumMemberName("priority")]
    Priority,

    /// <summary>A reminder.</summary>
    [JsonStringEnumMemberName("reminder")]
    Reminder,

    /// <summary>A deadline.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    /// <summary>How long it takes.</summary>
    [JsonStringEnumMemberName("estimate")]
    Estimate,

    /// <summary>When it is due.</summary>
    [JsonStringEnumMemberName("due")]
    Due,

    /// <summary>How it repeats.</summary>
    [JsonStringEnumMemberName("recurrence")]
    Recurrence,

    /// <summary>Notes.</summary>
    [JsonStringEnumMemberName("notes")]
    Notes,
}
