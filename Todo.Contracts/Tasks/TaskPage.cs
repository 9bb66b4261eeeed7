namespace Todo.Contracts.Tasks;

/// <summary>A page of tasks.</summary>
/// <param name="Items">In the order of the view that was asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Sequence">On a first page: where the change feed stood just before it was read. All pages and the changes since then leave nothing out.</param>
public sealed record TaskPage(IReadOnlyList<TaskView> Items, string? Next = null, long? Sequence = null);
