using System.Globalization;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Tasks;

/// <summary>What a task becomes where it is dropped; the place says so in <c>data-drop</c>. All of it can be done by keys and menus too.</summary>
public sealed class TaskDrops(TaskActions actions, UserClock clock)
{
    public Task DoAsync(Guid taskId, string target) => target.Split(':', 2) switch
    {
        ["undated"] => actions.EditAsync(taskId, t => t with { Due = null, Recurrence = null }, "Date removed"),
        ["day", var day] => MoveToDayAsync(taskId, day == "today" ? clock.Today : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ["priority", var priority] => actions.EditAsync(taskId, t => t with { Priority = int.Parse(priority, CultureInfo.InvariantCulture) }, priority == "4" ? "No priority" : $"Priority {priority}"),
        ["label", var label] => actions.EditAsync(taskId, t => t with { Labels = [.. t.Labels.Union([label], StringComparer.OrdinalIgnoreCase)] }, $"Labelled @{label}"),
        ["section", var section] => actions.EditAsync(taskId, t => t with { SectionId = Guid.TryParse(section, out var to) ? to : null, ParentId = null }, "Moved"),
        ["project", var project] => actions.EditAsync(taskId, t => t with { ProjectId = Guid.TryParse(project, out var to) ? to : null, SectionId = null, ParentId = null }, "Moved"),
        _ => Task.CompletedTask,
    };

    private Task MoveToDayAsync(Guid taskId, DateOnly day) =>
        actions.EditAsync(taskId, t => t with { Due = t.Due is { } due ? due with { Date = day } : new Due(day) }, $"Moved to {DateWords.Day(day, clock.Today)}");
}
