using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>POST /projects/{projectId}/sections and PATCH, DELETE beneath it.</summary>
internal static class ManageSections
{
    public static async Task<Results<Created<SectionView>, NotFound, ValidationProblem, ProblemHttpResult>> Create(
        Guid projectId, SectionRequest request, ListAccess lists, TodoDbContext db, CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (request.Problems(creating: true) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (!await lists.Projects.AnyAsync(p => p.ProjectId == projectId, ct))
            return TypedResults.NotFound();
        var sectionId = request.SectionId ?? IdempotencyKey.IdFor(http) ?? Guid.CreateVersion7(clock.Now());
        if (await db.Sections.FindAsync([sectionId], ct) is { } known)
            return known.OwnerId == user.Id ? Answer(known) : Problem.Conflict("This id is taken; make a new one.");
        if (await lists.Sections.CountAsync(ct) >= ListAccess.Most)
            return Problem.Conflict($"At most {ListAccess.Most} sections.");

        var section = new Section
        {
            SectionId = sectionId,
            ProjectId = projectId,
            OwnerId = user.Id,
            Name = request.Name!.Trim(),
            Order = request.Order ?? OrderKey.Last(clock.Now()),
        };
        db.Sections.Add(section);
        await lists.SaveAsync(ct);
        return Answer(section);

        static Created<SectionView> Answer(Section section) =>
            TypedResults.Created($"/api/v1/projects/{section.ProjectId}/sections/{section.SectionId}", section.ToView());
    }

    public static async Task<Results<Ok<SectionView>, NotFound, ValidationProblem>> Update(
        Guid projectId, Guid sectionId, SectionRequest request, ListAccess lists, SectionTasks tasks, CancellationToken ct)
    {
        if (request.Problems(creating: false) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (await lists.Sections.SingleOrDefaultAsync(s => s.SectionId == sectionId && s.ProjectId == projectId, ct) is not { } section)
            return TypedResults.NotFound();
        section.Name = request.Has("name") ? request.Name!.Trim() : section.Name;
        section.Order = request.Order ?? section.Order;
        if (request.ProjectId is not { } to || to == projectId)
            await lists.SaveAsync(ct);
        else if (await lists.Projects.AnyAsync(p => p.ProjectId == to, ct))
            await tasks.MoveAsync(section, to, request.Order, ct);
        else
            return TypedResults.ValidationProblem(new Problems().Require(false, "projectId", "There is no such project."));
        return TypedResults.Ok(section.ToView());
    }

    /// <summary>Its tasks stay in the project, at its head.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(
        Guid projectId, Guid sectionId, ListAccess lists, SectionTasks tasks, CancellationToken ct)
    {
        if (await lists.Sections.SingleOrDefaultAsync(s => s.SectionId == sectionId && s.ProjectId == projectId, ct) is not { } section)
            return TypedResults.NotFound();
        await tasks.DeleteAsync(section, ct);
        return TypedResults.NoContent();
    }
}
