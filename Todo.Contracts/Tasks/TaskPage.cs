namespace Todo.Contracts.Tasks;

/// <summary>A page of tasks.</summary>
/// <param name="Items">In the order of the view that was asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record TaskPage(IReadOnlyList<TaskView> Items, string? Next = null);
