namespace Todo.Web.Layout;

/// <summary>Where a line for new tasks stands in a list: above a task, or below it and those that were added with the line.</summary>
/// <param name="Place">The page it was opened on.</param>
/// <param name="Tasks">The task it was opened beside, then those added.</param>
/// <param name="Above">True where it was opened above.</param>
public sealed record AddLine(string Place, IReadOnlyList<Guid> Tasks, bool Above);
