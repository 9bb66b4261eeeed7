using System.Text.Json.Serialization;

namespace Todo.Contracts.Lists;

/// <summary>How one list is shown, on every device of its owner.</summary>
public sealed record ListView
{
    /// <summary>Which list: <c>inbox</c>, <c>today</c>, <c>upcoming</c>, <c>projects/{projectId}</c>, <c>filters/{filterId}</c> or <c>labels/{name}</c>.</summary>
    public required string Place { get; init; }

    /// <summary>What it is parted by; <c>none</c> when left out.</summary>
    public Grouping Group { get; init; }

    /// <summary>What it is ordered by; <c>own</c> when left out.</summary>
    public Sorting Sort { get; init; }

    /// <summary>True when it shows what is completed as well.</summary>
    public bool Completed { get; init; }

    /// <summary>True where nothing was chosen, or everything put back.</summary>
    [JsonIgnore]
    public bool IsUsual => this is { Group: Grouping.None, Sort: Sorting.Own, Completed: false };
}

/// <summary>What a list is parted by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Grouping>))]
public enum Grouping
{
    /// <summary>As the page has it by itself.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Days.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary>Priorities.</summary>
    [JsonStringEnumMemberName("priority")]
    Priority,

    /// <summary>Labels; a task of two stands under both.</summary>
    [JsonStringEnumMemberName("label")]
    Label,

    /// <summary>Projects.</summary>
    [JsonStringEnumMemberName("project")]
    Project,
}

/// <summary>What a list is ordered by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Sorting>))]
public enum Sorting
{
    /// <summary>As the page has it by itself: mostly the order its owner gave it by hand.</summary>
    [JsonStringEnumMemberName("own")]
    Own,

    /// <summary>Due dates.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary>Priorities.</summary>
    [JsonStringEnumMemberName("priority")]
    Priority,

    /// <summary>Titles.</summary>
    [JsonStringEnumMemberName("name")]
    Name,

    /// <summary>The newest first.</summary>
    [JsonStringEnumMemberName("added")]
    Added,
}
