using System.Globalization;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Tasks;

/// <summary>What a task becomes where it is dropped; the place says so in <c>data-drop</c>. All of it can be done by keys and menus too.</summary>
public sealed class TaskDrops(TaskActions actions, TaskBoard board, UserClock clock)
{
    // Where the place has an order of its own, it says before which task; without one, at the end.
    public Task DoAsync(Guid taskId, string target, Guid? before = null) => target.Split(':', 2) switch
    {
        ["undated"] => actions.EditAsync(taskId, t => t with { Due = null, Recurrence = null }, "Date removed"),
        ["day", var day] => MoveToDayAsync(taskId, day == "today" ? clock.Today : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ["priority", var priority] => actions.EditAsync(taskId, t => t with { Priority = int.Parse(priority, CultureInfo.InvariantCulture) }, priority == "4" ? "No priority" : $"Priority {priority}"),
        ["label", var label] => actions.EditAsync(taskId, t => t with { Labels = [.. t.Labels.Union([label], StringComparer.OrdinalIgnoreCase)] }, $"Labelled @{label}"),
        ["section", var section] => MoveToSectionAsync(taskId, Guid.TryParse(section, out var to) ? to : null, before),
        ["project", var project] => actions.EditAsync(taskId, t => t with { ProjectId = Guid.TryParse(project, out var to) ? to : null, SectionId = null, ParentId = null }, "Moved"),
        _ => Task.CompletedTask,
    };

    private Task MoveToSectionAsync(Guid taskId, Guid? section, Guid? before)
    {
        var project = board.Find(taskId)?.ProjectId;
        var next = before is { } id ? board.Find(id) : null;
        var beside = next ?? board.Tasks.LastOrDefault(other => TaskLists.IsOpen(other) && other.TaskId != taskId && (other.ProjectId, other.SectionId, other.ParentId) == (project, section, null));
        var order = beside is null ? null : new PlacesBeside(beside, above: next is not null, board).Next();
        return actions.EditAsync(taskId, t => t with { SectionId = section, ParentId = null, Order = order ?? t.Order }, "Moved");
    }

    private Task MoveToDayAsync(Guid taskId, DateOnly day) =>
        actions.EditAsync(taskId, t => t with { Due = t.Due is { } due ? due with { Date = day } : new Due(day) }, $"Moved to {DateWords.Day(day, clock.Today)}");
}
