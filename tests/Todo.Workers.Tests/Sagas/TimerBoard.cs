using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace Todo.Workers.Tests.Sagas;

public sealed record BoardTimer(Guid Token, DateTimeOffset At, object Message);

/// <summary>Timers that wait for the test to move the clock.</summary>
public sealed class TimerBoard : IScheduleMessageProvider
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, BoardTimer> _timers = [];

    public IReadOnlyList<BoardTimer> Waiting
    {
        get
        {
            lock (_lock)
                return [.. _timers.Values.OrderBy(timer => timer.At)];
        }
    }

    public BoardTimer? TakeEarliest(DateTimeOffset until)
    {
        lock (_lock)
        {
            var earliest = _timers.Values.Where(timer => timer.At <= until).MinBy(timer => timer.At);
            if (earliest is not null)
                _timers.Remove(earliest.Token);
            return earliest;
        }
    }

    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var token = NewId.NextGuid();
        await Task.CompletedTask;
        lock (_lock)
            _timers[token] = new BoardTimer(token, new DateTimeOffset(scheduledTime, TimeSpan.Zero), message);
        return new ScheduledMessageHandle<T>(token, scheduledTime, destinationAddress, message);
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        lock (_lock)
            _timers.Remove(tokenId);
        return Task.CompletedTask;
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) =>
        CancelScheduledSend(tokenId, cancellationToken);
}

/// <summary>Gives every consumed message a scheduler that writes on the board.</summary>
internal sealed class TimersInMemory(TimerBoard board) : IPipeSpecification<ConsumeContext>, IFilter<ConsumeContext>
{
    public void Apply(IPipeBuilder<ConsumeContext> builder) => builder.AddFilter(this);

    public IEnumerable<ValidationResult> Validate() => [];

    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(
            context, consume => new MessageScheduler(board, consume.GetPayload<IBusTopology>())));
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("timersInMemory");
}
