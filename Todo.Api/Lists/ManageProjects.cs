using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Lists;

namespace Todo.Api.Lists;

/// <summary>GET, POST /projects and PATCH, DELETE /projects/{projectId}.</summary>
internal static class ManageProjects
{
    public static async Task<Ok<ProjectList>> List(ListAccess lists, CancellationToken ct)
    {
        var projects = await lists.Projects.AsNoTracking().OrderBy(p => p.Order).ThenBy(p => p.ProjectId).Take(ListAccess.Most).ToListAsync(ct);
        var sections = (await lists.Sections.AsNoTracking().ToListAsync(ct)).ToLookup(s => s.ProjectId);
        return TypedResults.Ok(new ProjectList([.. projects.Select(p => p.ToView(sections[p.ProjectId]))]));
    }

    public static async Task<Results<Created<ProjectView>, ValidationProblem, ProblemHttpResult>> Create(
        ProjectRequest request, ListAccess lists, TodoDbContext db, CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (request.Problems(creating: true) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        var projectId = request.ProjectId ?? IdempotencyKey.IdFor(http) ?? Guid.CreateVersion7(clock.Now());
        if (await MisplacedAsync(projectId, request, lists, ct) is { Count: > 0 } misplaced)
            return TypedResults.ValidationProblem(misplaced);
        if (await db.Projects.FindAsync([projectId], ct) is { } known)
            return known.OwnerId == user.Id ? Answer(known) : Problem.Conflict("This id is taken; make a new one.");
        if (await lists.Projects.CountAsync(ct) >= ListAccess.Most)
            return Problem.Conflict($"At most {ListAccess.Most} projects.");

        var project = Project.Create(projectId, user.Id, request, clock.Now());
        db.Projects.Add(project);
        await lists.SaveAsync(ct);
        return Answer(project);

        static Created<ProjectView> Answer(Project project) => TypedResults.Created($"/api/v1/projects/{project.ProjectId}", project.ToView([]));
    }

    public static async Task<Results<Ok<ProjectView>, NotFound, ValidationProblem>> Update(
        Guid projectId, ProjectRequest request, ListAccess lists, ProjectTasks tasks, CancellationToken ct)
    {
        if (request.Problems(creating: false) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (await lists.Projects.SingleOrDefaultAsync(p => p.ProjectId == projectId, ct) is not { } project)
            return TypedResults.NotFound();
        if (await MisplacedAsync(projectId, request, lists, ct) is { Count: > 0 } misplaced)
            return TypedResults.ValidationProblem(misplaced);

        if (request.Archived is { } archive && archive != project.ArchivedAt is not null)
        {
            await tasks.ArchiveAsync(projectId, request, ct);
            project = await lists.Projects.SingleAsync(p => p.ProjectId == projectId, ct);
        }
        else
        {
            project.Take(request);
            await lists.SaveAsync(ct);
        }

        var sections = await lists.Sections.AsNoTracking().Where(s => s.ProjectId == projectId).ToListAsync(ct);
        return TypedResults.Ok(project.ToView(sections));
    }

    public static async Task<Results<NoContent, NotFound>> Delete(Guid projectId, ListAccess lists, ProjectTasks tasks, CancellationToken ct)
    {
        if (!await lists.Projects.AnyAsync(p => p.ProjectId == projectId, ct))
            return TypedResults.NotFound();
        await tasks.DeleteAsync(projectId, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Problems> MisplacedAsync(Guid projectId, ProjectRequest request, ListAccess lists, CancellationToken ct)
    {
        var problems = new Problems();
        if (request.ParentId is not { } next)
            return problems;
        var parents = await lists.Projects.AsNoTracking().ToDictionaryAsync(p => p.ProjectId, p => p.ParentId, ct);
        Guid? above = next;
        for (var depth = 0; above is { } id && depth <= 4; depth++)
        {
            if (id == projectId || !parents.TryGetValue(id, out above))
                return problems.Require(false, "parentId", "There is no such project, or it lies in this one.");
        }

        return problems.Require(above is null, "parentId", "Projects nest at most five deep.");
    }
}
