using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;

namespace Todo.Api.Tasks;

/// <summary>The sub-tasks of a task, parents before their parts, as they are with what this transaction has done so far.</summary>
internal static class Descendants
{
    /// <summary>How deep tasks nest, the outermost counted.</summary>
    public const int Deepest = 5;

    public static async Task<List<TaskItem>> OfAsync(TodoDbContext db, TaskItem root, CancellationToken ct)
    {
        var found = new List<TaskItem>();
        var touched = db.Tasks.Local.ToList(); // earlier commands of a bulk may have made parts, or have given them to others
        List<Guid> parents = [root.TaskId];
        for (var depth = 1; depth < Deepest && parents.Count > 0; depth++)
        {
            var stored = await db.TasksOf(root.OwnerId).Where(t => t.ParentId != null && parents.Contains(t.ParentId.Value)).ToListAsync(ct);
            var children = stored.Union(touched)
                .Where(t => t.OwnerId == root.OwnerId && t.ParentId is { } parent && parents.Contains(parent))
                .OrderBy(t => t.TaskId).ToList();
            found.AddRange(children);
            parents = children.ConvertAll(child => child.TaskId);
        }

        return found;
    }
}
