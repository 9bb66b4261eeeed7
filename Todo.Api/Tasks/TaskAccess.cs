using Todo.Api.Storage;

namespace Todo.Api.Tasks;

/// <summary>Who may see which task. Every query for a task starts here, so sharing will be a change of this file.</summary>
internal static class TaskAccess
{
    public static IQueryable<TaskItem> TasksOf(this TodoDbContext db, Guid userId) => db.Tasks.Where(t => t.OwnerId == userId);
}
