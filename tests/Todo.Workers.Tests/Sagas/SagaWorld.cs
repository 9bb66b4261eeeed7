using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Todo.Workers.Tests.Sagas;

/// <summary>One state machine with saga rows, timers and a clock in memory. Facts are told one at a time; time moves when the test says so.</summary>
internal sealed class SagaWorld<TMachine, TState> : IAsyncDisposable, IReceiveObserver
    where TMachine : MassTransitStateMachine<TState>
    where TState : class, SagaStateMachineInstance
{
    private readonly ServiceProvider _services;
    private readonly ITestHarness _harness;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    private SagaWorld(DateTimeOffset now, Type? definition)
    {
        Clock = new FakeTimeProvider(now);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Produced)
            .AddSingleton(typeof(ITopicProducer<,>), typeof(RecordedProducer<,>))
            .AddMassTransitTestHarness(TextWriter.Null, bus =>
            {
                bus.AddSagaStateMachine<TMachine, TState>(definition).InMemoryRepository();
                bus.UsingInMemory((context, configure) =>
                {
                    configure.AddPrePipeSpecification(new TimersInMemory(Timers));
                    configure.ConcurrentMessageLimit = 1;
                    configure.ConfigureEndpoints(context);
                });
            })
            .BuildServiceProvider(true);
        _harness = _services.GetRequiredService<ITestHarness>();
    }

    public FakeTimeProvider Clock { get; }

    public TimerBoard Timers { get; } = new();

    public Produced Produced { get; } = new();

    public static async Task<SagaWorld<TMachine, TState>> StartAsync(string now, Type? definition = null)
    {
        var world = new SagaWorld<TMachine, TState>(DateTimeOffset.Parse(now, null), definition);
        await world._harness.Start();
        world._harness.Bus.ConnectReceiveObserver(world);
        return world;
    }

    public TState? Saga(Guid id) =>
        _services.GetRequiredService<ISagaStateMachineTestHarness<TMachine, TState>>().Sagas.Contains(id);

    /// <summary>Publishes a message and waits until the saga is done with it.</summary>
    public Task TellAsync<T>(T message)
        where T : class => TellAsync((object)message, token: null);

    public async Task RetellAsync<T>(params T[] messages)
        where T : class
    {
        foreach (var message in messages)
            await TellAsync(message);
    }

    /// <summary>Moves the clock, and delivers each timer at its moment on the way.</summary>
    public async Task MoveToAsync(DateTimeOffset moment)
    {
        while (Timers.TakeEarliest(moment) is { } timer)
        {
            if (timer.At > Clock.GetUtcNow())
                Clock.SetUtcNow(timer.At);
            await TellAsync(timer.Message, timer.Token);
        }

        Clock.SetUtcNow(moment);
    }

    public Task MoveToAsync(string moment) => MoveToAsync(DateTimeOffset.Parse(moment, null));

    /// <summary>Delivers a message as a timer would.</summary>
    public async Task TellAsync(object message, Guid? token)
    {
        var id = NewId.NextGuid();
        var done = _waiting[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _harness.Bus.Publish(message, message.GetType(), context =>
        {
            context.MessageId = id;
            if (token is { } value)
                context.Headers.Set(MessageHeaders.SchedulingTokenId, value.ToString("D"));
        });
        await done.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await _harness.Stop();
        await _services.DisposeAsync();
    }

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context)
    {
        if (context.GetMessageId() is { } id && _waiting.TryRemove(id, out var done))
            done.SetResult();
        return Task.CompletedTask;
    }

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
    {
        if (context.MessageId is { } id && _waiting.TryRemove(id, out var done))
            done.SetException(exception);
        return Task.CompletedTask;
    }

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception)
    {
        if (context.GetMessageId() is { } id && _waiting.TryRemove(id, out var done))
            done.SetException(exception);
        return Task.CompletedTask;
    }
}
