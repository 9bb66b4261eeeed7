using MassTransit;
using MassTransit.Configuration;

namespace Todo.Bus.Batching;

/// <summary>Lets the consumers and handlers of one message work one after the other: they share the connection of the batch.</summary>
internal sealed class OneAtATime : IConsumerConfigurationObserver, IHandlerConfigurationObserver
{
    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator)
        where TConsumer : class
    {
    }

    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class => configurator.AddPipeSpecification(new Turn<ConsumerConsumeContext<TConsumer, TMessage>>());

    public void HandlerConfigured<TMessage>(IHandlerConfigurator<TMessage> configurator)
        where TMessage : class => configurator.AddPipeSpecification(new Turn<ConsumeContext<TMessage>>());

    private sealed class Turn<TContext> : IPipeSpecification<TContext>, IFilter<TContext>
        where TContext : class, ConsumeContext
    {
        public void Apply(IPipeBuilder<TContext> builder) => builder.AddFilter(this);

        public IEnumerable<ValidationResult> Validate() => [];

        public void Probe(ProbeContext context) => context.CreateFilterScope("turn");

        public async Task Send(TContext context, IPipe<TContext> next)
        {
            if (!context.TryGetPayload(out MessageUnit? unit))
            {
                await next.Send(context);
                return;
            }

            await unit.Turn.WaitAsync(context.CancellationToken);
            try
            {
                await next.Send(context);
            }
            finally
            {
                unit.Turn.Release();
            }
        }
    }
}
