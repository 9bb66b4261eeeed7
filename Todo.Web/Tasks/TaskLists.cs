using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Tasks;

/// <summary>Which tasks are in which list.</summary>
public static class TaskLists
{
    public static bool IsOpen(TaskView task) => task is { State: TaskState.Open, DeletedAt: null };

    public static bool IsInInbox(TaskView task) => task.ProjectId is null;

    /// <summary>Days up to today: overdue ones and today's.</summary>
    public static bool IsDueBy(TaskView task, DateOnly day, UserClock clock) => task.Due is { } due && clock.Shown(due).Date <= day;
}
