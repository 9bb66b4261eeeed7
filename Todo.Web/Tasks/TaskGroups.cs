using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Tasks;

/// <summary>A list in parts, each with a heading and with what a task added there is given. Within a part the order stays.</summary>
public static class TaskGroups
{
    private static readonly string[] Days = ["Overdue", "Today", "Tomorrow", "Next 7 days", "Later", "No date"];

    public static IReadOnlyList<TaskGroup> Of(IReadOnlyList<TaskView> tasks, Grouping by, UserClock clock) => by switch
    {
        Grouping.Date => [.. tasks.GroupBy(task => DayOf(task, clock)).OrderBy(group => group.Key).Select(group => new TaskGroup(Days[group.Key], [.. group], SeedOf(group.Key, clock)))],
        Grouping.Priority => [.. tasks.GroupBy(task => task.Priority).OrderBy(group => group.Key).Select(group =>
            new TaskGroup(group.Key == 4 ? "No priority" : $"Priority {group.Key}", [.. group], new() { Priority = group.Key }))],
        Grouping.Label => ByLabel(tasks),
        _ => [new("", tasks, new())],
    };

    // A task with two labels is in both parts.
    private static List<TaskGroup> ByLabel(IReadOnlyList<TaskView> tasks)
    {
        var groups = tasks.SelectMany(task => task.Labels, (task, label) => (task, label))
            .GroupBy(pair => pair.label, pair => pair.task, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => new TaskGroup("@" + group.Key, [.. group], new() { Labels = [group.Key] }))
            .ToList();
        var rest = tasks.Where(task => task.Labels.Count == 0).ToList();
        if (rest.Count > 0)
            groups.Add(new("No label", rest, new()));
        return groups;
    }

    private static int DayOf(TaskView task, UserClock clock) => task.Due is not { } due ? 5 : (clock.Shown(due).Date.DayNumber - clock.Today.DayNumber) switch
    {
        < 0 => 0,
        0 => 1,
        1 => 2,
        <= 7 => 3,
        _ => 4,
    };

    private static CreateTaskRequest SeedOf(int day, UserClock clock) => day is 1 or 2 ? new() { Due = new(clock.Today.AddDays(day - 1)) } : new();
}

/// <summary>One part of a list.</summary>
public sealed record TaskGroup(string Heading, IReadOnlyList<TaskView> Tasks, CreateTaskRequest Seed);
