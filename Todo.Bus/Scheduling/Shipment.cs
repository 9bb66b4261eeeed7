using Confluent.Kafka;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;

namespace Todo.Bus.Scheduling;

/// <summary>Due timers handed to Kafka together; complete when each has its answer.</summary>
internal sealed class Shipment(IReadOnlyList<DueTimer> timers)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = timers.Count;

    public IReadOnlyList<DueTimer> Timers { get; } = timers;

    public Task Answered => _answered.Task;

    public void Send(IRecordSender sender)
    {
        foreach (var timer in Timers)
            sender.Send(timer.Topic, null, timer.Key, timer.Value, OutboxHeaders.Read(timer.Headers), error => Note(timer, error));
    }

    private void Note(DueTimer timer, Error? error)
    {
        timer.Answer = error is null ? Answer.Stored : new Answer(error);
        if (Interlocked.Decrement(ref _open) == 0)
            _answered.SetResult();
    }
}
