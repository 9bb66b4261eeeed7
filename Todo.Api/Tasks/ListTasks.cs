using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Todo.Api.Identity;
using Todo.Api.Live;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Filters;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>GET /tasks — one page of a view, by keyset: a page costs the same however far in it is.</summary>
internal static class ListTasks
{
    public static async Task<Results<Ok<TaskPage>, ValidationProblem>> Handle(
        [AsParameters] TaskQuery query, TodoDbContext db, CurrentUser user, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        var where = await whereabouts.FindAsync(ct);
        var (tasks, problems) = query.Narrow(db, user.Id, where, clock.Now());
        var view = TaskViews.Find(query.View ?? "open");
        problems.Require(view is not null, "view", $"One of {TaskViews.Names}.");
        if (problems.Count > 0)
            return TypedResults.ValidationProblem(problems);

        var size = Math.Clamp(query.Limit ?? TaskQuery.DefaultLimit, 1, TaskQuery.MaxLimit);
        if (query.Q is { Length: > 0 } words)
            return TypedResults.Ok(new TaskPage(await SearchAsync(tasks, words, query.View is null, size, ct)));

        var day = TodayIn.Zone(where.Zone, clock.Now());
        var sequence = query.Cursor is null ? await OwnerSequence.ReadAsync(db, user.Id, ct) : (long?)null; // before the tasks: a change between the two comes twice and never not at all
        var rows = await view!.Page(tasks, day, query.Cursor).Take(size + 1).ToListAsync(ct);
        var next = rows.Count > size ? view.CursorOf(rows[size - 1]) : null;
        return TypedResults.Ok(new TaskPage([.. rows.Take(size).Where(task => view.Shows(task, day)).Select(task => task.ToView())], next, sequence));
    }

    /// <summary>Where a word stands on more tasks than these, the best of so many are shown: ranking them all would cost whatever somebody has.</summary>
    private const int MostRanked = 2000;

    /// <summary>The best matches; whoever wants more says more.</summary>
    private static async Task<List<TaskView>> SearchAsync(IQueryable<TaskItem> tasks, string words, bool everywhere, int size, CancellationToken ct)
    {
        if (SearchText.Query(words) is not { } query)
            return [];
        var found = tasks.Where(t => t.DeletedAt == null && (everywhere || t.State == TaskState.Open))
            .Where(t => EF.Property<NpgsqlTsVector>(t, TaskItemMap.SearchText).Matches(EF.Functions.ToTsQuery("simple", query)))
            .Take(MostRanked)
            .OrderByDescending(t => EF.Property<NpgsqlTsVector>(t, TaskItemMap.SearchText).Rank(EF.Functions.ToTsQuery("simple", query)))
            .ThenBy(t => t.TaskId);
        return (await found.Take(size).ToListAsync(ct)).ConvertAll(task => task.ToView());
    }
}

/// <summary>What GET /tasks may be asked.</summary>
internal sealed record TaskQuery
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    private const string FilterLanguage =
        """
        Only tasks that this filter lets through. Conditions are joined by `&` and `|` (`&` binds closer); `!` before one turns it round; parentheses group.
        Conditions: `today`, `tomorrow`, `yesterday`, `overdue`, `7 days`, `no date`, `no time`, `due: fri`, `due before: 1 dec`, `due after: next week`, the same with `deadline` and `created`,
        `p1` to `p4`, `#project`, `/section`, `inbox`, `@label`, `@la*`, `no label`, `recurring`, `subtask`, `search: words`, `all`. Names with one of these signs stand in quotes: `#"Home (old)"`.
        What is not understood is refused in `errors.filter`, with the place and what was expected there.
        """;

    [FromQuery(Name = "view"), Description("inbox, open (the default), today, upcoming, completed, archived, project, priority, newest or trash.")]
    public string? View { get; init; }

    [FromQuery(Name = "projectId"), Description("Only tasks of this project.")]
    public Guid? ProjectId { get; init; }

    [FromQuery(Name = "parentId"), Description("Only parts of this task.")]
    public Guid? ParentId { get; init; }

    [FromQuery(Name = "label"), Description("Only tasks with this label.")]
    public string? Label { get; init; }

    [FromQuery(Name = "filter"), Description(FilterLanguage)]
    public string? Filter { get; init; }

    [FromQuery(Name = "q"), Description("Words to search in titles and notes; the answer is one page, best first.")]
    public string? Q { get; init; }

    [FromQuery(Name = "cursor"), Description("`next` of the page before.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit"), Description("1 to 500; 100 unless told.")]
    public int? Limit { get; init; }

    /// <summary>The user's tasks, narrowed by everything but the view.</summary>
    public (IQueryable<TaskItem> Tasks, Problems Problems) Narrow(TodoDbContext db, Guid userId, Whereabouts where, DateTimeOffset now)
    {
        var (tasks, problems) = (db.TasksOf(userId).AsNoTracking(), new Problems());
        if (ProjectId is { } projectId)
            tasks = tasks.Where(t => t.ProjectId == projectId);
        if (ParentId is { } parentId)
            tasks = tasks.Where(t => t.ParentId == parentId);
        if (Label is { } label && problems.RequireText(label, "label", 1, TaskRules.LabelLength).Count == 0)
            tasks = tasks.Where(Lists.Label.StandsOn(label));

        if (string.IsNullOrWhiteSpace(Filter))
            return (tasks, problems);

        if (problems.RequireText(Filter, "filter", 1, FilterParser.Longest).Count > 0)
            return (tasks, problems);
        if (TaskFilter.TryRead(Filter, where, now, out var filter, out var error))
            tasks = tasks.Where(new TaskFilter(db, userId, where).Condition(filter));
        return (tasks, problems.Require(error.Length == 0, "filter", error));
    }
}
