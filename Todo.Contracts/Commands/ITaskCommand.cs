namespace Todo.Contracts.Commands;

/// <summary>What every command on <c>task-commands</c> says: which task it is about and for whom it acts.</summary>
public interface ITaskCommand
{
    /// <summary>The task; the record's key.</summary>
    Guid TaskId { get; }

    /// <summary>The user it acts for: the one whose access token signs it.</summary>
    Guid UserId { get; }
}
