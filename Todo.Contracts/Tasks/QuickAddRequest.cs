namespace Todo.Contracts.Tasks;

/// <summary>POST /api/v1/tasks/quick-add: a line in the grammar of <see cref="QuickAdd.QuickAddParser"/>.</summary>
/// <param name="Text">The line.</param>
/// <param name="TaskId">The id the client chose.</param>
/// <param name="DryRun">True to see what the line means and create nothing.</param>
public sealed record QuickAddRequest(string? Text, Guid? TaskId = null, bool DryRun = false);

/// <summary>What a line meant, and the task it made.</summary>
/// <param name="Understood">The tokens and their values.</param>
/// <param name="Task">The task; null on a dry run.</param>
/// <param name="UnknownProject">True when the project named does not exist, and the task went to the inbox.</param>
/// <param name="UnknownSection">True when the project has no section of that name, and the task went to its head.</param>
public sealed record QuickAddAnswer(QuickAdd.QuickAddResult Understood, TaskView? Task, bool UnknownProject, bool UnknownSection = false);
