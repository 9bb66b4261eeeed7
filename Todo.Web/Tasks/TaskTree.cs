using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>
/// The rows of a list: tasks with their parts below them, less what is folded away. Holds places in the list and not tasks, so that
/// it stays true while only what tasks say changes.
/// </summary>
public sealed class TaskTree
{
    private readonly IReadOnlyList<TaskView> _tasks;
    private readonly List<Place>? _places;

    private TaskTree(IReadOnlyList<TaskView> tasks, List<Place>? places) => (_tasks, _places) = (tasks, places);

    public static TaskTree Empty { get; } = new([], null);

    public int Count => _places?.Count ?? _tasks.Count;

    public TaskView this[int row] => _places is null ? _tasks[row] : _tasks[_places[row].At];

    /// <summary>How deep a row lies, and whether parts of it are in this list.</summary>
    public Place PlaceOf(int row) => _places is null ? new(row, 0, false) : _places[row];

    public static TaskTree Of(IReadOnlyList<TaskView> tasks, TaskBoard board, Folds folds)
    {
        // Most lists have no sub-tasks at all; they pass straight through.
        if (!board.HasSubTasks || !tasks.Any(task => task.ParentId is not null))
            return new(tasks, null);

        var here = new Dictionary<Guid, List<int>>(tasks.Count);
        foreach (var task in tasks)
            here[task.TaskId] = [];
        var top = new List<int>(tasks.Count);
        for (var at = 0; at < tasks.Count; at++)
            (tasks[at].ParentId is { } parent && here.TryGetValue(parent, out var parts) ? parts : top).Add(at);

        var places = new List<Place>(tasks.Count);
        Add(top, 0);
        return new(tasks, places);

        void Add(List<int> rows, int depth)
        {
            foreach (var at in rows)
            {
                var parts = here[tasks[at].TaskId];
                places.Add(new(at, depth, parts.Count > 0));
                if (parts.Count > 0 && !folds.Has(tasks[at].TaskId))
                    Add(parts, depth + 1);
            }
        }
    }

    public readonly record struct Place(int At, int Depth, bool HasParts);
}
