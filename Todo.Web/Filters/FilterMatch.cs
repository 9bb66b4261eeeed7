using System.IO.Enumeration;
using Todo.Contracts.Filters;
using Todo.Contracts.QuickAdd;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Projects;

namespace Todo.Web.Filters;

/// <summary>Answers a filter from the tasks that the page has, so that it shows at once and stays live; the Api answers the same language.</summary>
public sealed class FilterMatch(ProjectBoard projects, UserClock clock)
{
    /// <summary>Reads a filter as of today here; says where it goes wrong instead of throwing.</summary>
    public bool TryRead(string text, out FilterNode filter, out string? problem)
    {
        var read = FilterParser.TryParse(text, new QuickAddContext(clock.Now, clock.Zone.Id), out filter, out var error);
        problem = error is null ? null : $"{error.Message} (at character {error.At + 1})";
        return read;
    }

    public bool Holds(FilterNode filter, TaskView task) => filter switch
    {
        FilterNode.And(var left, var right) => Holds(left, task) && Holds(right, task),
        FilterNode.Or(var left, var right) => Holds(left, task) || Holds(right, task),
        FilterNode.Not(var inner) => !Holds(inner, task),
        FilterNode.Term term => Holds(term, task),
        _ => false,
    };

    private bool Holds(FilterNode.Term term, TaskView task) => term.Kind switch
    {
        FilterKind.All => true,
        FilterKind.Due => Between(task.Due?.Date, term),
        FilterKind.NoDate => task.Due is null,
        FilterKind.NoTime => task.Due is { Time: null },
        FilterKind.Deadline => Between(task.Deadline, term),
        FilterKind.Created => Between(DateOnly.FromDateTime(clock.Local(task.CreatedAt)), term),
        FilterKind.Priority => task.Priority == term.Number,
        FilterKind.Inbox => task.ProjectId is null,
        FilterKind.Project => projects.Find(task.ProjectId) is { } project && Named(project.Name, term.Text),
        FilterKind.Section => projects.Find(task.ProjectId)?.Sections.FirstOrDefault(section => section.SectionId == task.SectionId) is { } section && Named(section.Name, term.Text),
        FilterKind.Label => task.Labels.Any(label => Named(label, term.Text)),
        FilterKind.NoLabel => task.Labels.Count == 0,
        FilterKind.Recurring => task.Recurrence is not null,
        FilterKind.SubTask => task.ParentId is not null,
        FilterKind.Search => Says(task, term.Text ?? ""),
        _ => false,
    };

    private static bool Between(DateOnly? day, FilterNode.Term term) =>
        day is { } on && (term.From is not { } from || on >= from) && (term.To is not { } to || on <= to);

    // A star stands for anything; every other character for itself, in any case.
    private static bool Named(string name, string? pattern) => FileSystemName.MatchesSimpleExpression(
        (pattern ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal), name, ignoreCase: true);

    private static bool Says(TaskView task, string words) => SearchWords.Begin(SearchWords.Of(words), task.Title, task.Notes);
}
