using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Projects;

namespace Todo.Web.Tasks;

/// <summary>A list in parts, each with a heading and with what a task added or dropped there becomes. Within a part the order stays.</summary>
public static class TaskGroups
{
    private static readonly string[] Days = ["Overdue", "Today", "Tomorrow", "Next 7 days", "Later", "No date"];

    private static readonly string[][] Alone = [["0"], ["1"], ["2"], ["3"], ["4"], ["5"]];
    private static readonly string[] Nowhere = [""];

    /// <summary>The groups that a task is in, by what its person chose: more than one where it carries more than one label.</summary>
    public static Func<TaskView, IReadOnlyList<string>> KeysOf(Grouping by, UserClock clock, ProjectBoard projects) => by switch
    {
        Grouping.Date => task => Alone[DayOf(task, clock)],
        Grouping.Priority => static task => Alone[task.Priority],
        Grouping.Label => static task => task.Labels.Count == 0 ? Nowhere : task.Labels,
        Grouping.Project => task => projects.Find(task.ProjectId) is { } project ? [project.ProjectId.ToString()] : Nowhere,
        _ => static _ => Nowhere,
    };

    /// <summary>The groups in their order; with <c>empty</c> those as well that hold nothing, so that something can be put there.</summary>
    public static IReadOnlyList<TaskGroup> Of(TaskParts<string> parts, Grouping by, UserClock clock, ProjectBoard projects, bool empty = false) => by switch
    {
        Grouping.Date => ByDate(parts, clock, empty),
        Grouping.Priority => ByPriority(parts, empty),
        Grouping.Label => ByLabel(parts),
        Grouping.Project => ByProject(parts, projects),
        _ => [new("", parts[""], new())],
    };

    private static List<TaskGroup> ByDate(TaskParts<string> parts, UserClock clock, bool empty) =>
        [.. Enumerable.Range(0, Days.Length).Where(day => Has(parts, day) || (empty && day is 1 or 2 or 5)).Select(day =>
        {
            DateOnly? date = day is 1 or 2 ? clock.Today.AddDays(day - 1) : null;
            return new TaskGroup(Days[day], parts[Alone[day][0]], date is { } due ? new() { Due = new(due) } : new(), date is { } at ? $"day:{DateWords.Iso(at)}" : day == 5 ? "undated" : null);
        })];

    private static List<TaskGroup> ByPriority(TaskParts<string> parts, bool empty) =>
        [.. Enumerable.Range(1, 4).Where(n => empty || Has(parts, n)).Select(n =>
            new TaskGroup(n == 4 ? "No priority" : $"Priority {n}", parts[Alone[n][0]], new() { Priority = n }, $"priority:{n}"))];

    // By name, and what has none at the end.
    private static List<TaskGroup> ByLabel(TaskParts<string> parts) =>
        [.. parts.Keys.OrderBy(label => label.Length == 0).ThenBy(label => label, StringComparer.OrdinalIgnoreCase).Select(label =>
            label.Length == 0 ? new TaskGroup("No label", parts[""], new()) : new("@" + label, parts[label], new() { Labels = [label] }, "label:" + label))];

    // In the order of the sidebar; two projects of one name are two parts.
    private static List<TaskGroup> ByProject(TaskParts<string> parts, ProjectBoard projects)
    {
        var inOrder = projects.Nested().Select(nested => nested.Project).Concat(projects.Archived);
        return [.. inOrder
            .Select(project => new TaskGroup(project.Name, parts[project.ProjectId.ToString()], new() { ProjectId = project.ProjectId }, $"project:{project.ProjectId}"))
            .Prepend(new("Inbox", parts[""], new(), "project:"))
            .Where(group => group.Tasks.Count > 0)];
    }

    private static bool Has(TaskParts<string> parts, int n) => parts[Alone[n][0]].Count > 0;

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
