namespace Todo.Contracts;

/// <summary>Every topic name, once. Keys are ids written as text (a Guid in its "D" form).</summary>
public static class Topics
{
    /// <summary>Every fact about a task, in order for that task. Key: task id. Written by the Api.</summary>
    public const string TaskEvents = "task-events";

    /// <summary>The live feed: one small record per change, with the owner's sequence number. Key: owner id. Written by the Api.</summary>
    public const string TaskUpdates = "task-updates";

    /// <summary>Reminders that came due. Key: task id. Written by the reminder saga.</summary>
    public const string Reminders = "reminders";

    /// <summary>What was delivered to a user, or dismissed. Key: user id. Written by notifications.</summary>
    public const string Notifications = "notifications";

    /// <summary>Requests to change a task, signed. Key: task id. Written by anybody who may write to it, read by the Api.</summary>
    public const string TaskCommands = "task-commands";

    /// <summary>Requests to change a task from programs that the broker's access lists let write here: what comes is believed. Key: task id.</summary>
    public const string TrustedTaskCommands = "trusted-task-commands";

    /// <summary>What became of a command. Key: command id. Written by the Api.</summary>
    public const string TaskCommandResults = "task-command-results";

    /// <summary>What users prefer, and that they left. Key: user id. Written by the Api.</summary>
    public const string UserEvents = "user-events";

    /// <summary>Timeouts on their way back to the sagas that asked for them. Key: task id. Private to Workers; not a contract.</summary>
    public const string TaskTimers = "task-timers";

    /// <summary>All topics, in the order a person would read about them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [TaskEvents, TaskUpdates, Reminders, Notifications, TaskCommands, TrustedTaskCommands, TaskCommandResults, UserEvents, TaskTimers];

    /// <summary>The topics that others may read or write, described. The rest of <see cref="All"/> is nobody's business but ours.</summary>
    public static IReadOnlyList<TopicDescription> Published { get; } =
    [
        new(TaskEvents, "taskId", TopicUse.Read,
            "Every fact about a task: created, updated with the names of the changed fields, completed, reopened, archived, deleted, restored, occurrence skipped, reminder snoozed. Each carries the task as it stands after the fact.",
            "Facts about one task come in the order of `task.version`, which counts from 1; facts about different tasks have no order among them."),
        new(TaskUpdates, "ownerId", TopicUse.Read,
            "The live feed that browsers follow: one small record for each change, with the owner's sequence number.",
            "In the order of `sequence`, which has no gaps for one owner."),
        new(Reminders, "taskId", TopicUse.Read,
            "Reminders whose moment has come, whether or not anybody is told about them by mail.",
            "In the order they fired, for one task."),
        new(Notifications, "userId", TopicUse.Read,
            "What appeared under a user's bell, and what they dismissed.",
            "In the order it happened, for one user."),
        new(UserEvents, "userId", TopicUse.Read,
            "What a user prefers, and that they left: whoever keeps something about them lets go of it then.",
            "In the order it happened, for one user."),
        new(TaskCommands, "taskId", TopicUse.Write,
            "Requests to change a task. Each names the user it acts for and carries a signature made with an access token of that user; the rules are those of the HTTP API.",
            "Commands for one task are done in the order they were written."),
        new(TaskCommandResults, "commandId", TopicUse.Read,
            "What became of each command: accepted, with the task's version, or refused, with the reasons.",
            "One result for each time a command came; a command that came before gets the result of then."),
        new(TrustedTaskCommands, "taskId", TopicUse.Write,
            "Requests from programs that the broker's access lists let write here: our own, and those an operator trusts. They need no signature.",
            "Commands for one task are done in the order they were written."),
    ];
}

/// <summary>What a reader or writer of a topic relies on.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Key">The field of every message's data that is the record's key, as text; ids in their lower-case form with dashes.</param>
/// <param name="Use">Who writes and who reads.</param>
/// <param name="Meaning">What it carries.</param>
/// <param name="Ordering">What order means here. In every topic a message may come more than once.</param>
public sealed record TopicDescription(string Name, string Key, TopicUse Use, string Meaning, string Ordering);

/// <summary>What others do with a topic.</summary>
public enum TopicUse
{
    /// <summary>We write it, anybody reads it.</summary>
    Read,

    /// <summary>Others write it, we read it.</summary>
    Write,
}
