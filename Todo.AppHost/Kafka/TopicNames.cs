namespace Todo.AppHost.Kafka;

/// <summary>The topics a fresh broker gets before anybody connects. AppHost references no contracts, so a test compares the two lists.</summary>
internal static class TopicNames
{
    public static IReadOnlyList<string> All { get; } =
        ["task-events", "task-updates", "reminders", "notifications", "task-commands", "trusted-task-commands", "task-command-results", "user-events", "task-timers"];
}
