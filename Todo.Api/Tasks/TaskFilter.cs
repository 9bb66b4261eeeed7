using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Todo.Api.Lists;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts.Filters;
using Todo.Contracts.QuickAdd;

namespace Todo.Api.Tasks;

/// <summary>Turns a filter into a condition that Postgres can answer.</summary>
internal sealed class TaskFilter(TodoDbContext db, Guid ownerId, Whereabouts where)
{
    public static bool TryRead(string text, Whereabouts where, DateTimeOffset now, out FilterNode filter, out string error)
    {
        var read = FilterParser.TryParse(text, new QuickAddContext(now, where.Zone), out filter, out var problem);
        error = problem is null ? "" : $"At character {problem.At + 1}: {problem.Message}";
        return read;
    }

    public Expression<Func<TaskItem, bool>> Condition(FilterNode filter) => filter switch
    {
        FilterNode.And(var left, var right) => Join(Condition(left), Condition(right), Expression.AndAlso),
        FilterNode.Or(var left, var right) => Join(Condition(left), Condition(right), Expression.OrElse),
        FilterNode.Not(var inner) => Negate(Condition(inner)),
        FilterNode.Term term => Term(term),
        _ => throw new InvalidOperationException(),
    };

    private Expression<Func<TaskItem, bool>> Term(FilterNode.Term term)
    {
        var (from, to, text, number) = (term.From, term.To, term.Text ?? "", term.Number);
        switch (term.Kind)
        {
            case FilterKind.Due: return Due(from, to);
            case FilterKind.NoDate: return t => t.DueDate == null;
            case FilterKind.NoTime: return t => t.DueDate != null && t.DueTime == null;
            case FilterKind.Deadline: return t => t.Deadline != null && (from == null || t.Deadline >= from) && (to == null || t.Deadline <= to);
            case FilterKind.Created: return Created(from, to);
            case FilterKind.Priority: return t => t.Priority == number;
            case FilterKind.Inbox: return t => t.ProjectId == null;
            case FilterKind.Project:
                return t => db.Projects.Any(p => p.ProjectId == t.ProjectId && p.OwnerId == ownerId && EF.Functions.ILike(p.Name, Pattern(text), "\\"));
            case FilterKind.Section:
                return t => db.Sections.Any(s => s.SectionId == t.SectionId && s.OwnerId == ownerId && EF.Functions.ILike(s.Name, Pattern(text), "\\"));
            case FilterKind.Label when !text.Contains('*', StringComparison.Ordinal): return Label.StandsOn(text);
            case FilterKind.Label: return t => t.Labels.Any(label => EF.Functions.ILike(label, Pattern(text), "\\"));
            case FilterKind.NoLabel: return t => t.Labels.Count == 0;
            case FilterKind.Recurring: return t => t.Recurrence != null;
            case FilterKind.SubTask: return t => t.ParentId != null;
            case FilterKind.Search when SearchText.Query(text) is { } query:
                return t => EF.Property<NpgsqlTypes.NpgsqlTsVector>(t, TaskItemMap.SearchText).Matches(EF.Functions.ToTsQuery("simple", query));
            case FilterKind.Search: return t => false;
            default: return t => true;
        }
    }

    /// <summary>By the key that the due date is indexed by.</summary>
    private static Expression<Func<TaskItem, bool>> Due(DateOnly? from, DateOnly? to)
    {
        var (start, end) = (from?.ToDateTime(TimeOnly.MinValue), to?.AddDays(1).ToDateTime(TimeOnly.MinValue));
        return t => t.DueDate != null && (start == null || EF.Property<DateTime?>(t, TaskItemMap.DueKey) >= start) && (end == null || EF.Property<DateTime?>(t, TaskItemMap.DueKey) < end);
    }

    private Expression<Func<TaskItem, bool>> Created(DateOnly? from, DateOnly? to)
    {
        var start = from is { } first ? Midnight(first) : DateTimeOffset.UnixEpoch;
        var end = to is { } last ? Midnight(last.AddDays(1)) : DateTimeOffset.MaxValue.AddDays(-1);
        return t => t.CreatedAt >= start && t.CreatedAt < end;
    }

    private DateTimeOffset Midnight(DateOnly day) =>
        (DateTimeZoneProviders.Tzdb.GetZoneOrNull(where.Zone) ?? DateTimeZone.Utc).AtStartOfDay(day.ToLocalDate()).ToInstant().ToDateTimeOffset();

    /// <summary>A name as typed, in any case; a star stands for anything.</summary>
    private static string Pattern(string text) => Exactly(text).Replace('*', '%');

    /// <summary>A name as typed, in any case.</summary>
    public static string Exactly(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static Expression<Func<TaskItem, bool>> Join(
        Expression<Func<TaskItem, bool>> left, Expression<Func<TaskItem, bool>> right, Func<Expression, Expression, BinaryExpression> how)
    {
        var body = how(left.Body, new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body));
        return Expression.Lambda<Func<TaskItem, bool>>(body, left.Parameters[0]);
    }

    private static Expression<Func<TaskItem, bool>> Negate(Expression<Func<TaskItem, bool>> condition) =>
        Expression.Lambda<Func<TaskItem, bool>>(Expression.Not(condition.Body), condition.Parameters[0]);
}
