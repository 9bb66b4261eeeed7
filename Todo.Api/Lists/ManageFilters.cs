using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>GET, POST /filters and PATCH, DELETE /filters/{filterId}.</summary>
internal static class ManageFilters
{
    public static async Task<Ok<FilterList>> List(ListAccess lists, CancellationToken ct)
    {
        var filters = await lists.Filters.AsNoTracking().OrderBy(f => f.Order).ThenBy(f => f.FilterId).Take(ListAccess.Most).ToListAsync(ct);
        return TypedResults.Ok(new FilterList([.. filters.Select(f => f.ToView())]));
    }

    public static async Task<Results<Created<FilterView>, ValidationProblem, ProblemHttpResult>> Create(
        FilterRequest request, ListAccess lists, TodoDbContext db, CurrentUser user, WhereaboutsOfUser whereabouts,
        HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (await CheckAsync(request, creating: true, whereabouts, clock, ct) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        var filterId = request.FilterId ?? IdempotencyKey.IdFor(http) ?? Guid.CreateVersion7(clock.Now());
        if (await db.Filters.FindAsync([filterId], ct) is { } known)
            return known.OwnerId == user.Id ? Answer(known) : Problem.Conflict("This id is taken; make a new one.");
        if (await lists.Filters.CountAsync(ct) >= ListAccess.Most)
            return Problem.Conflict($"At most {ListAccess.Most} filters.");

        var filter = new SavedFilter { FilterId = filterId, OwnerId = user.Id, Order = request.Order ?? OrderKey.Last(clock.Now()) };
        filter.Take(request);
        db.Filters.Add(filter);
        await lists.SaveAsync(ct);
        return Answer(filter);

        static Created<FilterView> Answer(SavedFilter filter) => TypedResults.Created($"/api/v1/filters/{filter.FilterId}", filter.ToView());
    }

    public static async Task<Results<Ok<FilterView>, NotFound, ValidationProblem>> Update(
        Guid filterId, FilterRequest request, ListAccess lists, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        if (await CheckAsync(request, creating: false, whereabouts, clock, ct) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (await lists.Filters.SingleOrDefaultAsync(f => f.FilterId == filterId, ct) is not { } filter)
            return TypedResults.NotFound();
        filter.Take(request);
        await lists.SaveAsync(ct);
        return TypedResults.Ok(filter.ToView());
    }

    public static async Task<Results<NoContent, NotFound>> Delete(Guid filterId, ListAccess lists, TaskWriter writer, CurrentUser user, CancellationToken ct)
    {
        await writer.BeginAsync(user.Id, ct);
        if (await lists.Filters.Where(f => f.FilterId == filterId).ExecuteDeleteAsync(ct) == 0)
        {
            await writer.AbandonAsync();
            return TypedResults.NotFound();
        }

        await lists.ForgetViewAsync(ListPlace.OfFilter(filterId), ct);
        writer.Tell(lists.Changed());
        await writer.CommitAsync(ct);
        return TypedResults.NoContent();
    }

    private static async Task<Problems> CheckAsync(FilterRequest request, bool creating, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        var problems = request.Problems(creating);
        if (problems.Count == 0 && request.Query is { } query && !TaskFilter.TryRead(query, await whereabouts.FindAsync(ct), clock.Now(), out _, out var error))
            problems.Require(false, "query", error);
        return problems;
    }
}
