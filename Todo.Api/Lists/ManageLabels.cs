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
        var decided = await lists.Labels.AsNoTracking().ToDictionaryAsync(l => l.Name, ct);
        var used = await db.TasksOf(user.Id).Where(t => t.State == TaskState.Open && t.DeletedAt == null)
            .SelectMany(t => t.Labels).GroupBy(name => name).Select(g => new { Name = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Name, g => g.Count, ct);
        var names = decided.Keys.Union(used.Keys).Order(StringComparer.OrdinalIgnoreCase).Take(ListAccess.Most);
        return TypedResults.Ok(new LabelList([.. names.Select(name => new LabelView(
            name, decided.GetValueOrDefault(name)?.Colour, decided.GetValueOrDefault(name)?.Favourite ?? false, used.GetValueOrDefault(name)))]));
    }

    public static async Task<Results<Ok<LabelView>, ValidationProblem>> Update(
        string name, LabelRequest request, ListAccess lists, TodoDbContext db, LabelTasks tasks, CurrentUser user, CancellationToken ct)
    {
        if (request.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (new Contracts.Problems().RequireText(name, "name", 1, TaskRules.LabelLength) is { Count: > 0 } misnamed)
            return TypedResults.ValidationProblem(misnamed);

        var before = await lists.Labels.AsNoTracking().SingleOrDefaultAsync(l => l.Name == name, ct);
        var wanted = request.Name?.Trim() ?? name;
        if (wanted != name)
        {
            await tasks.RenameAsync(name, wanted, ct);
            await lists.Labels.Where(l => l.Name == name).ExecuteDeleteAsync(ct);
        }

        var label = await lists.Labels.SingleOrDefaultAsync(l => l.Name == wanted, ct);
        if (label is null)
            db.Labels.Add(label = new Label { OwnerId = user.Id, Name = wanted });
        label.Colour = request.Has("colour") ? request.Colour : before?.Colour ?? label.Colour;
        label.Favourite = request.Has("favourite") ? request.Favourite ?? false : before?.Favourite ?? label.Favourite;
        await lists.SaveAsync(ct);
        return TypedResults.Ok(new LabelView(label.Name, label.Colour, label.Favourite, await tasks.CountAsync(wanted, ct)));
    }

    public static async Task<NoContent> Delete(string name, ListAccess lists, LabelTasks tasks, CancellationToken ct)
    {
        if (name.Length <= TaskRules.LabelLength && !name.Any(char.IsControl))
        {
            await tasks.RenameAsync(name, null, ct);
            await lists.Labels.Where(l => l.Name == name).ExecuteDeleteAsync(ct);
            await lists.SaveAsync(ct);
        }

        return TypedResults.NoContent();
    }
}

/// <summary>The tasks that carry a label.</summary>
internal sealed class LabelTasks(TodoDbContext db, TaskWriter writer, TaskCommands commands, CurrentUser user)
{
    private const int Batch = 200;

    public Task<int> CountAsync(string name, CancellationToken ct) =>
        db.TasksOf(user.Id).CountAsync(t => t.State == TaskState.Open && t.DeletedAt == null && t.Labels.Contains(name), ct);

    /// <summary>Renames the label on every task, or takes it off.</summary>
    public async Task RenameAsync(string name, string? wanted, CancellationToken ct)
    {
        int count;
        do
        {
            db.ChangeTracker.Clear();
            await writer.BeginAsync(user.Id, ct);
            var tasks = await db.TasksOf(user.Id).Where(t => t.DeletedAt == null && t.Labels.Contains(name)).OrderBy(t => t.TaskId).Take(Batch)
                .Select(t => new { t.TaskId, t.Labels }).ToListAsync(ct);
            foreach (var task in tasks)
            {
                var labels = task.Labels.Select(label => label == name ? wanted : label).OfType<string>().ToList();
                await commands.DoAsync(new BulkCommand { Verb = BulkVerb.Update, TaskId = task.TaskId, Patch = new UpdateTaskRequest { Labels = labels } }, ct);
            }

            await writer.CommitAsync(ct);
            count = tasks.Count;
        }
        while (count == Batch);
    }
}
