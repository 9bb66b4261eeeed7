using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Bulk;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>GET /labels and PATCH, DELETE /labels/{name}. A label exists by standing on a task, or by having been given a colour.</summary>
internal static class ManageLabels
{
    public static async Task<Ok<LabelList>> List(ListAccess lists, TodoDbContext db, CurrentUser user, CancellationToken ct)
    {
        var decided = await lists.Labels.AsNoTracking().ToListAsync(ct);
        var used = await db.TasksOf(user.Id).Where(t => t.State == TaskState.Open && t.DeletedAt == null)
            .SelectMany(t => t.Labels).GroupBy(name => name).Select(g => new { Name = g.Key, Count = g.Count() }).ToListAsync(ct);
        var counts = used.GroupBy(label => Label.KeyOf(label.Name)).ToDictionary(g => g.Key, g => (Name: g.MaxBy(label => label.Count)!.Name, Count: g.Sum(label => label.Count)));
        var views = decided.Select(label => new LabelView(label.Name, label.Colour, label.Favourite, counts.GetValueOrDefault(Label.KeyOf(label.Name)).Count))
            .Concat(counts.Values.Select(label => new LabelView(label.Name, null, false, label.Count))) // whoever was decided on comes first
            .DistinctBy(label => Label.KeyOf(label.Name)).OrderBy(label => label.Name, StringComparer.OrdinalIgnoreCase).Take(ListAccess.Most);
        return TypedResults.Ok(new LabelList([.. views]));
    }

    public static async Task<Results<Ok<LabelView>, ValidationProblem>> Update(
        [Description(NameIs)] string name, LabelRequest request, ListAccess lists, TodoDbContext db, LabelTasks tasks, CurrentUser user, CancellationToken ct)
    {
        if (request.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (new Contracts.Problems().RequireText(name, "name", 1, TaskRules.LabelLength) is { Count: > 0 } misnamed)
            return TypedResults.ValidationProblem(misnamed);

        var wanted = request.Name?.Trim() ?? name;
        Label? label = null;
        await tasks.RenameAsync(name, wanted, () => DecideAsync(), ct);
        return TypedResults.Ok(new LabelView(label!.Name, label.Colour, label.Favourite, await tasks.CountAsync(wanted, ct)));

        async Task DecideAsync()
        {
            var before = await lists.Named(name).ToListAsync(ct);
            var there = await lists.Named(wanted).ToListAsync(ct);
            label = new Label { OwnerId = user.Id, Name = request.Has("name") ? wanted : there.FirstOrDefault()?.Name ?? wanted };
            label.Colour = request.Has("colour") ? request.Colour : before.FirstOrDefault()?.Colour ?? there.FirstOrDefault()?.Colour;
            label.Favourite = request.Has("favourite") ? request.Favourite ?? false : (before.FirstOrDefault() ?? there.FirstOrDefault())?.Favourite ?? false;
            db.RemoveRange(before.Union(there).Where(known => known.Name != label.Name));
            if (there.Find(known => known.Name == label.Name) is { } same)
                (same.Colour, same.Favourite) = (label.Colour, label.Favourite);
            else
                db.Add(label);
            await lists.MoveViewAsync(ListPlace.OfLabel(name), ListPlace.OfLabel(wanted), ct);
        }
    }

    public static async Task<NoContent> Delete([Description(NameIs)] string name, ListAccess lists, TodoDbContext db, LabelTasks tasks, CancellationToken ct)
    {
        if (name.Length <= TaskRules.LabelLength && !name.Any(char.IsControl))
            await tasks.RenameAsync(name, null, ForgetAsync, ct);
        return TypedResults.NoContent();

        async Task ForgetAsync()
        {
            db.RemoveRange(await lists.Named(name).ToListAsync(ct));
            await lists.ForgetViewAsync(ListPlace.OfLabel(name), ct);
        }
    }

    private const string NameIs = "The label, in any case.";
}

/// <summary>The tasks that carry a label.</summary>
internal sealed class LabelTasks(TodoDbContext db, TaskWriter writer, TaskCommands commands, ListAccess lists, CurrentUser user)
{
    private const int Batch = 500;

    public Task<int> CountAsync(string name, CancellationToken ct) =>
        db.TasksOf(user.Id).Where(Label.StandsOn(name)).CountAsync(t => t.State == TaskState.Open && t.DeletedAt == null, ct);

    /// <summary>
    /// Renames the label on every task, or takes it off. Up to a batch of tasks this is one transaction, with what was decided
    /// about the label; more go batch by batch, and whoever was cut off asks again and goes on.
    /// </summary>
    public async Task RenameAsync(string name, string? wanted, Func<Task> decide, CancellationToken ct)
    {
        var (key, after, count) = (Label.KeyOf(name), Guid.Empty, Batch);
        while (count == Batch)
        {
            db.ChangeTracker.Clear();
            await writer.BeginAsync(user.Id, ct);
            var tasks = await db.TasksOf(user.Id).Where(Label.StandsOn(name)).Where(t => t.DeletedAt == null && t.TaskId > after).OrderBy(t => t.TaskId).Take(Batch).ToListAsync(ct);
            foreach (var task in tasks)
            {
                var labels = task.Labels.Select(label => Label.KeyOf(label) == key ? wanted : label).OfType<string>().ToList();
                await commands.DoAsync(new BulkCommand { Verb = BulkVerb.Update, TaskId = task.TaskId, Patch = new UpdateTaskRequest { Labels = labels } }, ct);
            }

            (after, count) = (tasks.LastOrDefault()?.TaskId ?? after, tasks.Count);
            if (count < Batch)
            {
                await decide();
                writer.Tell(lists.Changed());
            }

            await writer.CommitAsync(ct);
        }
    }
}
