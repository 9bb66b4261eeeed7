using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Contracts;

namespace Todo.Api.Tasks;

/// <summary>Whether a task may lie where it is put: in a project, section and task of the same owner, without circles.</summary>
internal static class Placement
{
    public static async Task<Problems> CheckAsync(
        TodoDbContext db, Guid ownerId, Guid taskId, Guid? projectId, Guid? sectionId, Guid? parentId, CancellationToken ct)
    {
        var problems = new Problems();
        if (projectId is not null)
            problems.Require(await db.Projects.AnyAsync(p => p.ProjectId == projectId && p.OwnerId == ownerId, ct), "projectId", "There is no such project.");
        if (sectionId is not null)
            problems.Require(await db.Sections.AnyAsync(s => s.SectionId == sectionId && s.ProjectId == projectId && s.OwnerId == ownerId, ct), "sectionId", "There is no such section in this project.");
        if (parentId is not null)
            problems.Require(await FitsBeneathAsync(db, ownerId, taskId, parentId.Value, ct), "parentId", $"There is no such task, it is a part of this one, or tasks would nest more than {Descendants.Deepest} deep.");
        return problems;
    }

    private static async Task<bool> FitsBeneathAsync(TodoDbContext db, Guid ownerId, Guid taskId, Guid parentId, CancellationToken ct)
    {
        Guid? next = parentId;
        for (var depth = 1; depth < Descendants.Deepest; depth++)
        {
            if (next is not { } id || id == taskId)
                return next is null;
            var known = db.Tasks.Local.FindEntry(id)?.Entity;
            var above = known is not null && known.OwnerId == ownerId ? new { known.ParentId }
                : await db.TasksOf(ownerId).Where(t => t.TaskId == id && t.DeletedAt == null).Select(t => new { t.ParentId }).SingleOrDefaultAsync(ct);
            if (above is null)
                return false;
            next = above.ParentId;
        }

        return next is null;
    }
}
