using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Projects;

namespace Todo.Web.Tasks;

/// <summary>A list in parts, each with a heading and with what a task added or dropped there becomes. Within a part the order stays.</summary>
public static class TaskGroups
{
    private static readonly string[] Days = ["Overdue", "Today", "Tomorrow", "Next 7 days", "Later", "No date"];

    /// <summary>The parts of a list; with <c>empty</c> those as well that hold nothing, so that something can be put there.</summary>
    public static IReadOnlyList<TaskGroup> Of(IReadOnlyList<TaskView> tasks, Grouping by, UserClock clock, ProjectBoard projects, bool empty = false) => by switch
    {
        Grouping.Date => ByDate(tasks, clock, empty),
        Grouping.Priority => ByPriority(tasks, empty),
        Grouping.Label => ByLabel(tasks),
        Grouping.Project => ByProject(tasks, projects),
        _ => [new("", tasks, new())],
    };

    private static List<TaskGroup> ByDate(IReadOnlyList<TaskView> tasks, UserClock clock, bool empty)
    {
        var parts = tasks.ToLookup(task => DayOf(task, clock));
        return [.. Enumerable.Range(0, Days.Length).Where(day => parts[day].Any() || (empty && day is 1 or 2 or 5)).Select(day =>
        {
            DateOnly? date = day is 1 or 2 ? clock.Today.AddDays(day - 1) : null;
            return new TaskGroup(Days[day], [.. parts[day]], date is { } due ? new() { Due = new(due) } : new(), date is { } at ? $"day:{DateWords.Iso(at)}" : day == 5 ? "undated" : null);
        })];
    }

    private static List<TaskGroup> ByPriority(IReadOnlyList<TaskView> tasks, bool empty)
    {
        var parts = tasks.ToLookup(task => task.Priority);
        return [.. Enumerable.Range(1, 4).Where(n => empty || parts[n].Any()).Select(n =>
            new TaskGroup(n == 4 ? "No priority" : $"Priority {n}", [.. parts[n]], new() { Priority = n }, $"priority:{n}"))];
    }

    // A task with two labels is in both parts.
    private static List<TaskGroup> ByLabel(IReadOnlyList<TaskView> tasks)
    {
        var groups = tasks.SelectMany(task => task.Labels, (task, label) => (task, label))
            .GroupBy(pair => pair.label, pair => pair.task, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => new TaskGroup("@" + group.Key, [.. group], new() { Labels = [group.Key] }, "label:" + group.Key))
            .ToList();
        var rest = tasks.Where(task => task.Labels.Count == 0).ToList();
        if (rest.Count > 0)
            groups.Add(new("No label", rest, new()));
        return groups;
    }

    // In the order of the sidebar; two projects of one name are two parts.
    private static List<TaskGroup> ByProject(IReadOnlyList<TaskView> tasks, ProjectBoard projects)
    {
        var parts = tasks.ToLookup(task => projects.Find(task.ProjectId)?.ProjectId);
        var inOrder = projects.Nested().Select(nested => (Guid?)nested.Project.ProjectId).Prepend(null).Union(parts.Select(part => part.Key));
        return [.. inOrder.Where(id => parts[id].Any()).Select(id =>
            new TaskGroup(projects.Find(id)?.Name ?? "Inbox", [.. parts[id]], new() { ProjectId = id }, $"project:{id}"))];
    }

    private static int DayOf(TaskView task, UserClock clock) => task.Due is not { } due ? 5 : (clock.Shown(due).Date.DayNumber - clock.Today.DayNumber) switch
    {
        < 0 => 0,
        0 => 1,
        1 => 2,
        <= 7 => 3,
        _ => 4,
    };
}

/// <summary>One part of a list.</summary>
/// <param name="Heading">What it is called.</param>
/// <param name="Tasks">What is in it.</param>
/// <param name="Seed">What makes a new task belong here.</param>
/// <param name="Drop">What a task dropped here becomes; null where that cannot be said.</param>
public sealed record TaskGroup(string Heading, IReadOnlyList<TaskView> Tasks, CreateTaskRequest Seed, string? Drop = null)
{
    public string Key => Drop ?? Heading;

    /// <summary>What a task added here is given: what the page gives, and what makes it belong to this part.</summary>
    public CreateTaskRequest Onto(CreateTaskRequest page) => page with
    {
        ProjectId = Seed.ProjectId ?? page.ProjectId,
        Due = Seed.Due ?? page.Due,
        Priority = Seed.Priority < 4 ? Seed.Priority : page.Priority,
        Labels = [.. (page.Labels ?? []).Union(Seed.Labels ?? [], StringComparer.OrdinalIgnoreCase)],
    };
}
