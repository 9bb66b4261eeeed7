namespace Todo.Contracts.Tasks;

/// <summary>What every fact about a task says: which one, how it stands now, who did it and when.</summary>
public interface ITaskFact
{
    /// <summary>The task.</summary>
    Guid TaskId { get; }

    /// <summary>Whose it is.</summary>
    Guid OwnerId { get; }

    /// <summary>The task as it stands after this fact.</summary>
    TaskView Task { get; }

    /// <summary>Who caused it; the series' saga acts as the owner.</summary>
    Guid ActorId { get; }

    /// <summary>When it became true.</summary>
    DateTimeOffset OccurredAt { get; }
}
