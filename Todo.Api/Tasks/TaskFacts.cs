using MassTransit;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Every fact about a task leaves as what it is, on the task's key.</summary>
internal static class TaskFacts
{
    public static Task ProduceAsync(this IServiceProvider services, ITaskFact fact, CancellationToken ct) => fact switch
    {
        TaskCreated created => services.SendAsync(created, ct),
        TaskUpdated updated => services.SendAsync(updated, ct),
        TaskCompleted completed => services.SendAsync(completed, ct),
        TaskReopened reopened => services.SendAsync(reopened, ct),
        TaskArchived archived => services.SendAsync(archived, ct),
        TaskDeleted deleted => services.SendAsync(deleted, ct),
        TaskRestored restored => services.SendAsync(restored, ct),
        OccurrenceSkipped skipped => services.SendAsync(skipped, ct),
        _ => throw new InvalidOperationException($"Nobody produces {fact.GetType().Name}."),
    };

    private static Task SendAsync<T>(this IServiceProvider services, T fact, CancellationToken ct) where T : class, ITaskFact =>
        services.GetRequiredService<ITopicProducer<Guid, T>>().Produce(fact.TaskId, fact, ct);
}
