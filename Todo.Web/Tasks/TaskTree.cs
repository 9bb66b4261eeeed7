using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>A flat list with sub-tasks below their parents, as rows to draw.</summary>
public static class TaskTree
{
    public static IReadOnlyList<Node> Of(IReadOnlyList<TaskView> tasks, TaskBoard board)
    {
        // Most lists have no sub-tasks at all; they pass straight through.
        if (!tasks.Any(task => task.ParentId is not null) && !board.HasSubTasks)
            return [.. tasks.Select(task => new Node(task, 0, default))];

        var here = tasks.Select(task => task.TaskId).ToHashSet();
        var children = tasks.ToLookup(task => task.ParentId is { } parent && here.Contains(parent) ? parent : Guid.Empty);
        var nodes = new List<Node>(tasks.Count);
        Add(Guid.Empty, 0);
        return nodes;

        void Add(Guid parent, int depth)
        {
            foreach (var task in children[parent])
            {
                nodes.Add(new(task, depth, board.Progress(task.TaskId)));
                Add(task.TaskId, depth + 1);
            }
        }
    }

    public readonly record struct Node(TaskView Task, int Depth, (int Done, int All) Progress);
}
