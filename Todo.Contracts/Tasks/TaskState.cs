using System.Text.Json.Serialization;

namespace Todo.Contracts.Tasks;

/// <summary>Where a task stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskState>))]
public enum TaskState
{
    /// <summary>Still to be done.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>Put away without being done; it never reminds anyone.</summary>
    [JsonStringEnumMemberName("archived")]
    Archived,
}
