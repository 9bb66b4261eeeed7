using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace Todo.Bus.Scheduling;

/// <summary>Gives every message of a topic endpoint a scheduler whose timers are rows in the message's own transaction.</summary>
internal sealed class TimerSchedulerSpecification(IServiceProvider services) : IPipeSpecification<ConsumeContext>, IFilter<ConsumeContext>
{
    public void Apply(IPipeBuilder<ConsumeContext> builder) => builder.AddFilter(this);

    public IEnumerable<ValidationResult> Validate() => [];

    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(context, Scheduler));
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("timerScheduler");

    private MessageScheduler Scheduler(ConsumeContext context) =>
        new(new TimerScheduleProvider(services, context), context.GetPayload<IBusTopology>());
}
