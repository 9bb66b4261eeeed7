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

    /// <summary>Requests to change a task. Key: task id. Written by integrators and by the recurrence saga, read by the Api.</summary>
    public const string TaskCommands = "task-commands";

    /// <summary>What became of a command. Key: command id. Written by the Api.</summary>
    public const string TaskCommandResults = "task-command-results";

    /// <summary>What users prefer, and that they left. Key: user id. Written by the Api.</summary>
    public const string UserEvents = "user-events";

    /// <summary>Timeouts on their way back to the sagas that asked for them. Key: task id. Private to Workers; not a contract.</summary>
    public const string TaskTimers = "task-timers";

    /// <summary>All topics, in the order a person would read about them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [TaskEvents, TaskUpdates, Reminders, Notifications, TaskCommands, TaskCommandResults, UserEvents, TaskTimers];
}
