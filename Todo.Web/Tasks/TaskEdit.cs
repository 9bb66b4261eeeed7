using System.Text.Json;
using System.Text.Json.Nodes;
using Todo.Contracts;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>
/// The fields in which one view of a task differs from another: what a PATCH says, what a pending change lays over newer
/// versions, and, turned round, what undo puts back. Fields that nobody touched are never sent.
/// </summary>
public sealed class TaskEdit
{
    private static readonly Field[] All =
    [
        new Field<string>("title", t => t.Title, (t, x) => t with { Title = x }),
        new Field<string?>("notes", t => t.Notes, (t, x) => t with { Notes = x }),
        new Field<int>("priority", t => t.Priority, (t, x) => t with { Priority = x }),
        new Field<Guid?>("projectId", t => t.ProjectId, (t, x) => t with { ProjectId = x }),
        new Field<Guid?>("sectionId", t => t.SectionId, (t, x) => t with { SectionId = x }),
        new Field<Guid?>("parentId", t => t.ParentId, (t, x) => t with { ParentId = x }),
        new ListField<string>("labels", t => t.Labels, (t, x) => t with { Labels = x }),
        new Field<Due?>("start", t => t.Start, (t, x) => t with { Start = x }),
        new Field<Due?>("due", t => t.Due, (t, x) => t with { Due = x }),
        new Field<DateOnly?>("deadline", t => t.Deadline, (t, x) => t with { Deadline = x }),
        new Field<int?>("estimateMinutes", t => t.EstimateMinutes, (t, x) => t with { EstimateMinutes = x }),
        new ListField<Reminder>("reminders", t => t.Reminders, (t, x) => t with { Reminders = x }),
        new Field<RecurrenceRule?>("recurrence", t => t.Recurrence, (t, x) => t with { Recurrence = x }),
        new Field<string>("order", t => t.Order, (t, x) => t with { Order = x }),
    ];

    private readonly TaskView _to;
    private readonly Field[] _fields;

    private TaskEdit(TaskView to, Field[] fields) => (_to, _fields) = (to, fields);

    public static TaskEdit Between(TaskView from, TaskView to) =>
        new(to, Array.FindAll(All, field => !field.Same(from, to)));

    public bool IsEmpty => _fields.Length == 0;

    /// <summary>True where the task goes to another project or section, and its parts with it.</summary>
    public bool Moves => Array.Exists(_fields, changed => changed.Name is "projectId" or "sectionId");

    public IEnumerable<string> Names => _fields.Select(changed => changed.Name);

    public TaskView Apply(TaskView onto) => _fields.Aggregate(onto, (task, field) => field.Copy(_to, task));

    /// <summary>What becomes of a part of the task by the same command.</summary>
    public PendingChange Along(PendingChange change, TaskView part) => change with
    {
        TaskId = part.TaskId,
        Apply = task => task is null ? null : task with { ProjectId = _to.ProjectId, SectionId = _to.SectionId },
    };

    /// <summary>The task as it is now, with the fields of this edit as they were before it: what undo aims at.</summary>
    public TaskView Back(TaskView before, TaskView now) => _fields.Aggregate(now, (task, field) => field.Copy(before, task));

    public string ToJson()
    {
        var patch = new JsonObject();
        foreach (var field in _fields)
            patch[field.Name] = field.Json(_to);

        // Null is a word of the merge patch ("remove this"), so it is written out here and nowhere else.
        return patch.ToJsonString();
    }

    private abstract class Field(string name)
    {
        public string Name => name;

        public abstract bool Same(TaskView a, TaskView b);

        public abstract TaskView Copy(TaskView from, TaskView onto);

        public abstract JsonNode? Json(TaskView task);
    }

    private class Field<T>(string name, Func<TaskView, T> get, Func<TaskView, T, TaskView> set) : Field(name)
    {
        public override bool Same(TaskView a, TaskView b) => EqualityComparer<T>.Default.Equals(get(a), get(b));

        public override TaskView Copy(TaskView from, TaskView onto) => set(onto, get(from));

        public override JsonNode? Json(TaskView task) =>
            get(task) is { } value ? JsonSerializer.SerializeToNode(value, ContractsJson.Default.Options.GetTypeInfo(typeof(T))) : null;
    }

    private sealed class ListField<T>(string name, Func<TaskView, IReadOnlyList<T>> get, Func<TaskView, IReadOnlyList<T>, TaskView> set)
        : Field<IReadOnlyList<T>>(name, get, set)
    {
        private readonly Func<TaskView, IReadOnlyList<T>> _get = get;

        public override bool Same(TaskView a, TaskView b) => _get(a).SequenceEqual(_get(b));
    }
}
