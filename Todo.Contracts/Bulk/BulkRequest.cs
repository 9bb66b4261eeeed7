using System.Text.Json.Serialization;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.Bulk;

/// <summary>POST /api/v1/bulk: up to 200 commands, done in order in one transaction; each succeeds or is refused for itself.</summary>
/// <param name="Commands">The commands.</param>
public sealed record BulkRequest(IReadOnlyList<BulkCommand> Commands)
{
    /// <summary>How many commands one request carries at most.</summary>
    public const int Most = 200;
}

/// <summary>One command.</summary>
public sealed record BulkCommand
{
    /// <summary>What to do.</summary>
    public required BulkVerb Verb { get; init; }

    /// <summary>Which task; for <c>create</c> the id it will have.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>For <c>create</c>.</summary>
    public CreateTaskRequest? Task { get; init; }

    /// <summary>For <c>update</c>.</summary>
    public UpdateTaskRequest? Patch { get; init; }

    /// <summary>For <c>skip</c>: leaves out every missed occurrence along with this one.</summary>
    public bool AllMissed { get; init; }

    /// <summary>For <c>complete</c>: the series ends with this occurrence.</summary>
    public bool Forever { get; init; }

    /// <summary>When set, the command is refused unless the task has this version.</summary>
    public long? IfVersion { get; init; }
}

/// <summary>What a command does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BulkVerb>))]
public enum BulkVerb
{
    /// <summary>Creates a task.</summary>
    [JsonStringEnumMemberName("create")]
    Create,

    /// <summary>Changes fields; a move is a change of project, section, parent or order.</summary>
    [JsonStringEnumMemberName("update")]
    Update,

    /// <summary>Completes.</summary>
    [JsonStringEnumMemberName("complete")]
    Complete,

    /// <summary>Opens again.</summary>
    [JsonStringEnumMemberName("reopen")]
    Reopen,

    /// <summary>Puts away.</summary>
    [JsonStringEnumMemberName("archive")]
    Archive,

    /// <summary>Skips this occurrence.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>Lets a repeating task rest: closing it brings no next occurrence.</summary>
    [JsonStringEnumMemberName("pause")]
    Pause,

    /// <summary>Lets it go on, from now.</summary>
    [JsonStringEnumMemberName("resume")]
    Resume,

    /// <summary>Puts into the trash.</summary>
    [JsonStringEnumMemberName("delete")]
    Delete,

    /// <summary>Takes out of the trash.</summary>
    [JsonStringEnumMemberName("restore")]
    Restore,
}

/// <summary>The answers, one for each command and in their order.</summary>
/// <param name="Results">What became of each.</param>
/// <param name="UndoToken">Takes all of it back; null when nothing changed.</param>
public sealed record BulkAnswer(IReadOnlyList<BulkResult> Results, Guid? UndoToken);

/// <summary>What became of one command.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Status">As HTTP would have answered: 200, 201, 400, 404, 409 or 412.</param>
/// <param name="Task">The task as it stands; null when it is not there.</param>
/// <param name="Detail">Why it was refused.</param>
/// <param name="Errors">By field, where fields were wrong.</param>
public sealed record BulkResult(
    Guid TaskId, int Status, TaskView? Task = null, string? Detail = null, IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>What an undo brought back.</summary>
/// <param name="Tasks">The tasks as they stand.</param>
public sealed record UndoAnswer(IReadOnlyList<TaskView> Tasks);
