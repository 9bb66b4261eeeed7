using Todo.Web.Tasks;

namespace Todo.Web.Labels;

/// <summary>The labels there are: those on open tasks, and those that somebody gave a colour.</summary>
public static class LabelNames
{
    public static IEnumerable<string> All(LabelBoard labels, TaskBoard board) => labels.All.Select(label => label.Name)
        .Concat(board.Tasks.Where(TaskLists.IsOpen).SelectMany(task => task.Labels))
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
}
