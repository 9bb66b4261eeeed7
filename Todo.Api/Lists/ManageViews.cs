using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Lists;

namespace Todo.Api.Lists;

/// <summary>GET, PATCH /views — how lists are shown. A request changes the lists it names, so that what another device did to another list stays.</summary>
internal static class ManageViews
{
    public static async Task<Ok<ListViews>> List(ListAccess lists, CancellationToken ct) =>
        TypedResults.Ok(Answer(await lists.Views.AsNoTracking().Take(ListViews.Most).ToListAsync(ct)));

    public static async Task<Results<Ok<ListViews>, ValidationProblem>> Update(
        ListViews request, ListAccess lists, TodoDbContext db, TaskWriter writer, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (request.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);

        await writer.BeginAsync(user.Id, ct); // one device after the other
        var rows = (await lists.Views.ToListAsync(ct)).ToDictionary(row => row.Place, StringComparer.Ordinal);
        foreach (var view in request.Items.Reverse().DistinctBy(view => ListPlace.Read(view.Place)))
            Take(view, rows, user.Id, db, clock.Now()); // of a list that is named twice, what was said last
        foreach (var row in rows.Values.OrderByDescending(row => row.ChosenAt).Skip(ListViews.Most).ToList())
            Remove(row, rows, db); // chosen longest ago: most likely a label that nothing carries any more

        if (db.ChangeTracker.HasChanges())
            writer.Tell(lists.Changed());
        await writer.CommitAsync(ct);
        return TypedResults.Ok(Answer(rows.Values));
    }

    private static void Take(ListView view, Dictionary<string, ViewRow> rows, Guid ownerId, TodoDbContext db, DateTimeOffset now)
    {
        var place = ListPlace.Read(view.Place)!;
        var row = rows.GetValueOrDefault(place);
        if (row?.ToView() == view with { Place = place })
            return;
        if (view.IsUsual)
        {
            if (row is not null)
                Remove(row, rows, db);
            return;
        }

        if (row is null)
            db.Views.Add(rows[place] = row = new() { OwnerId = ownerId, Place = place });
        row.Take(view, now);
    }

    private static void Remove(ViewRow row, Dictionary<string, ViewRow> rows, TodoDbContext db)
    {
        rows.Remove(row.Place);
        db.Views.Remove(row);
    }

    private static ListViews Answer(IEnumerable<ViewRow> rows) => new([.. rows.OrderBy(row => row.Place, StringComparer.Ordinal).Select(row => row.ToView())]);
}
