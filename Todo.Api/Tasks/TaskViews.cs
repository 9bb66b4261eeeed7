using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>A named view: which tasks, in which order, and how to go on after the last one shown.</summary>
internal abstract class TaskViews
{
    private static readonly Dictionary<string, TaskViews> All = new(StringComparer.Ordinal)
    {
        ["inbox"] = new ByPlace(t => t.State == TaskState.Open && t.DeletedAt == null && t.ProjectId == null, inbox: true),
        ["open"] = new ByPlace(t => t.State == TaskState.Open && t.DeletedAt == null),
        ["today"] = new ByDue(upcoming: false),
        ["upcoming"] = new ByDue(upcoming: true),
        ["completed"] = new ByMoment(t => t.CompletedAt != null && t.DeletedAt == null, t => t.CompletedAt),
        ["archived"] = new ByMoment(t => t.State == TaskState.Archived && t.DeletedAt == null, t => t.UpdatedAt),
        ["project"] = new ByPlace(t => t.State == TaskState.Open && t.DeletedAt == null),
        ["priority"] = new ByPriority(),
        ["newest"] = new ByMoment(t => t.State == TaskState.Open && t.DeletedAt == null, t => t.CreatedAt),
        ["trash"] = new ByMoment(t => t.DeletedAt != null, t => t.DeletedAt),
    };

    public static string Names => string.Join(", ", All.Keys);

    public static TaskViews? Find(string name) => All.GetValueOrDefault(name);

    public abstract IQueryable<TaskItem> Page(IQueryable<TaskItem> tasks, TodayIn day, string? cursor);

    public abstract string CursorOf(TaskItem last);

    public virtual bool Shows(TaskItem task, TodayIn day) => true;

    private sealed class ByPlace(Expression<Func<TaskItem, bool>> which, bool inbox = false) : TaskViews
    {
        public override IQueryable<TaskItem> Page(IQueryable<TaskItem> tasks, TodayIn day, string? cursor)
        {
            var rows = tasks.Where(which);
            if (Cursor.Read(cursor, 2) is [var order, var id] && Guid.TryParse(id, out var after))
                rows = rows.Where(t => EF.Functions.GreaterThan(ValueTuple.Create(t.Order, t.TaskId), ValueTuple.Create(order, after)));

            // All of the inbox have the same project, none; Postgres sees that an index by project has their order only when told so.
            return (inbox ? rows.OrderBy(t => t.ProjectId).ThenBy(t => t.Order) : rows.OrderBy(t => t.Order)).ThenBy(t => t.TaskId);
        }

        public override string CursorOf(TaskItem last) => Cursor.Write(last.Order, last.TaskId.ToString());
    }

    private sealed class ByPriority : TaskViews
    {
        public override IQueryable<TaskItem> Page(IQueryable<TaskItem> tasks, TodayIn day, string? cursor)
        {
            var rows = tasks.Where(t => t.State == TaskState.Open && t.DeletedAt == null);
            if (Cursor.Read(cursor, 3) is [var urgency, var order, var id] && int.TryParse(urgency, out var priority) && Guid.TryParse(id, out var after))
            {
                rows = rows.Where(t => EF.Functions.GreaterThan(
                    ValueTuple.Create(t.Priority, t.Order, t.TaskId), ValueTuple.Create(priority, order, after)));
            }

            return rows.OrderBy(t => t.Priority).ThenBy(t => t.Order).ThenBy(t => t.TaskId);
        }

        public override string CursorOf(TaskItem last) =>
            Cursor.Write(last.Priority.ToString(CultureInfo.InvariantCulture), last.Order, last.TaskId.ToString());
    }

    /// <summary>By day, then time, then priority. Times fixed to a far zone are fetched with a day to spare and judged one by one.</summary>
    private sealed class ByDue(bool upcoming) : TaskViews
    {
        private const string Key = TaskItemMap.DueKey;

        public override IQueryable<TaskItem> Page(IQueryable<TaskItem> tasks, TodayIn day, string? cursor)
        {
            var tomorrow = day.Today.AddDays(1).ToDateTime(TimeOnly.MinValue);
            var open = tasks.Where(t => t.State == TaskState.Open && t.DeletedAt == null && t.DueDate != null);
            var rows = upcoming
                ? open.Where(t => EF.Property<DateTime?>(t, Key) >= tomorrow.AddDays(-1) && (t.DueZone != null || EF.Property<DateTime?>(t, Key) >= tomorrow))
                : open.Where(t => EF.Property<DateTime?>(t, Key) < tomorrow.AddDays(1) && (t.DueZone != null || EF.Property<DateTime?>(t, Key) < tomorrow));

            if (Cursor.Read(cursor, 4) is [var due, var urgency, var order, var id]
                && DateTime.TryParseExact(due, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var dueKey)
                && int.TryParse(urgency, out var priority) && Guid.TryParse(id, out var after))
            {
                rows = rows.Where(t => EF.Functions.GreaterThan(
                    ValueTuple.Create(EF.Property<DateTime?>(t, Key), t.Priority, t.Order, t.TaskId),
                    ValueTuple.Create((DateTime?)dueKey, priority, order, after)));
            }

            return rows.OrderBy(t => EF.Property<DateTime?>(t, Key)).ThenBy(t => t.Priority).ThenBy(t => t.Order).ThenBy(t => t.TaskId);
        }

        public override string CursorOf(TaskItem last)
        {
            var key = last.DueDate!.Value.ToDateTime(last.DueTime ?? new TimeOnly(23, 59, 59));
            return Cursor.Write(key.ToString("s", CultureInfo.InvariantCulture), last.Priority.ToString(CultureInfo.InvariantCulture), last.Order, last.TaskId.ToString());
        }

        public override bool Shows(TaskItem task, TodayIn day) => day.DayOf(task.ToView().Due!) > day.Today == upcoming;
    }

    /// <summary>Newest first.</summary>
    private sealed class ByMoment(Expression<Func<TaskItem, bool>> which, Expression<Func<TaskItem, DateTimeOffset?>> moment) : TaskViews
    {
        private readonly Func<TaskItem, DateTimeOffset?> _read = moment.Compile();

        public override IQueryable<TaskItem> Page(IQueryable<TaskItem> tasks, TodayIn day, string? cursor)
        {
            var rows = tasks.Where(which);
            if (Cursor.Read(cursor, 2) is [var ticks, var id] && long.TryParse(ticks, out var at) && at is >= 0 and < 3_155_378_975_999_999_999
                && Guid.TryParse(id, out var after))
                rows = rows.Where(Before(new DateTimeOffset(at, TimeSpan.Zero), after));
            return rows.OrderByDescending(moment).ThenByDescending(t => t.TaskId);
        }

        public override string CursorOf(TaskItem last) =>
            Cursor.Write(_read(last)!.Value.UtcTicks.ToString(CultureInfo.InvariantCulture), last.TaskId.ToString());

        private Expression<Func<TaskItem, bool>> Before(DateTimeOffset at, Guid id)
        {
            Expression<Func<DateTimeOffset?, Guid, bool>> before = (moment, taskId) =>
                EF.Functions.LessThan(ValueTuple.Create(moment, taskId), ValueTuple.Create((DateTimeOffset?)at, id));
            var task = moment.Parameters[0];
            var body = new Swap(before.Parameters[0], moment.Body).Visit(before.Body);
            body = new Swap(before.Parameters[1], Expression.Property(task, nameof(TaskItem.TaskId))).Visit(body);
            return Expression.Lambda<Func<TaskItem, bool>>(body, task);
        }
    }
}
