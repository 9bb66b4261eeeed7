using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>GET /calendar?from=&amp;to= — what is due on these days, and when repeating tasks will come again.</summary>
internal static class ShowCalendar
{
    private const int MostDays = 100;
    private const int MostTasks = 2000;

    public static async Task<Results<Ok<CalendarView>, ValidationProblem>> Handle(
        [Description("The first day.")] DateOnly from, [Description("The last day, at most 100 days after the first.")] DateOnly to, TodoDbContext db, CurrentUser user, CancellationToken ct)
    {
        if (to < from || from.Year < 1970 || to.Year > 2200 || to.DayNumber - from.DayNumber > MostDays)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["to"] = [$"At most {MostDays} days after from."] });

        var mine = db.TasksOf(user.Id).AsNoTracking().Where(t => t.DeletedAt == null);
        var due = await DueAsync(mine.Where(t => t.State == TaskState.Open), from, to, ct);
        due.AddRange(await DueAsync(mine.Where(t => t.State == TaskState.Completed), from, to, ct));
        var repeating = await mine.Where(t => t.State == TaskState.Open && t.Recurrence != null && t.DueDate <= to).OrderBy(t => t.TaskId).Take(MostTasks).ToListAsync(ct);
        return TypedResults.Ok(new CalendarView(
            [.. due.OrderBy(task => task.DueDate).ThenBy(task => task.DueTime).ThenBy(task => task.TaskId).Take(MostTasks).Select(task => task.ToView())],
            [.. repeating.SelectMany(task => Again(task, from, to)).OrderBy(again => again.Due.Date).ThenBy(again => again.Due.Time)]));
    }

    private static Task<List<TaskItem>> DueAsync(IQueryable<TaskItem> tasks, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (start, end) = (from.ToDateTime(TimeOnly.MinValue), to.AddDays(1).ToDateTime(TimeOnly.MinValue));
        return tasks.Where(t => t.DueDate != null && EF.Property<DateTime?>(t, TaskItemMap.DueKey) >= start && EF.Property<DateTime?>(t, TaskItemMap.DueKey) < end)
            .OrderBy(t => EF.Property<DateTime?>(t, TaskItemMap.DueKey)).ThenBy(t => t.Priority).ThenBy(t => t.Order).ThenBy(t => t.TaskId).Take(MostTasks).ToListAsync(ct);
    }

    private static IEnumerable<FutureOccurrence> Again(TaskItem task, DateOnly from, DateOnly to)
    {
        var due = task.DueDate!.Value;
        var after = due > from ? due : from.AddDays(-1);
        return RuleDates.After(task.Recurrence!, due, after > due ? after : due, MostDays)
            .TakeWhile(day => day <= to)
            .Select(day => new FutureOccurrence(task.TaskId, new Due(day, task.DueTime, task.DueZone)));
    }
}
