using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;

namespace Todo.Bus.Manual.Tests;

public sealed class ConsumeTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Filters_observers_and_retries_of_an_endpoint_and_its_bus_are_about_every_message()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        var registered = new Listener();
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddRider(rider =>
                {
                    rider.AddConsumer<StubbornConsumer>();
                    rider.AddProducer<string, ParcelLabelled>(topic);
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(kafka.BootstrapServers);
                        k.TopicEndpoint<string, ParcelLabelled>(topic, topic, e =>
                        {
                            e.UseConsumeFilter(typeof(ShiftFilter<>), context);
                            e.UseMessageRetry(retry => retry.Immediate(2));
                            e.ConfigureConsumer<StubbornConsumer>(context);
                        });
                    });
                });
            },
            services => services.AddScoped<Shift>().AddSingleton<Shifts>().AddConsumeObserver(_ => registered));

        var connected = new Listener();
        host.Services.GetRequiredService<IBus>().ConnectConsumeObserver(connected);

        await host.ProduceAsync("k", new ParcelLabelled(Guid.Empty, "sticks"));

        await Eventually.True(() => registered.Consumed == 1 && connected.Consumed == 1);
        host.Heard.Of<ParcelLabelled>().Select(context => context.GetRetryAttempt()).Should().Equal(0, 1, 2);
        host.Services.GetRequiredService<Shifts>().Seen.Should().AllBe("night").And.HaveCount(3);
    }

    [Fact]
    public async Task A_second_bus_on_other_brokers_writes_at_once_since_the_outbox_is_relayed_to_the_first()
    {
        using var elsewhere = new FaultyKafka("far");
        var near = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddEntityFrameworkOutbox<ParcelsContext>(outbox => outbox.UsePostgres());
                x.AddRider(rider =>
                {
                    rider.AddProducer<Guid, ParcelWeighed>(near);
                    rider.UsingKafka((_, k) => k.Host(kafka.BootstrapServers));
                });
            },
            services => services.AddMassTransit<ISecondBus>(x =>
            {
                x.UsingInMemory();
                x.AddRider(rider =>
                {
                    rider.AddProducer<Guid, ParcelLabelled>("far");
                    rider.UsingKafka((_, k) => k.Host(elsewhere.BootstrapServers));
                });
            }),
            await postgres.CreateDatabaseAsync());

        await host.InScopeAsync(async scope =>
        {
            await scope.GetRequiredService<ITopicProducer<Guid, ParcelLabelled>>().Produce(Guid.NewGuid(), new ParcelLabelled(Guid.Empty, "far away"));
            await scope.GetRequiredService<ITopicProducer<Guid, ParcelWeighed>>().Produce(Guid.NewGuid(), new ParcelWeighed { Grams = 1 });
            new Outsider(elsewhere.BootstrapServers).ReadOne("far").Message.Value.Should().NotBeNull("nobody has saved yet");
            await scope.GetRequiredService<ParcelsContext>().SaveChangesAsync();
        });

        new Outsider(kafka.BootstrapServers).ReadOne(near).Message.Value.Should().NotBeNull();
    }

    [Fact]
    public async Task One_provider_keeps_every_saga_of_the_bus_with_a_context_of_a_factory_and_a_timer_to_the_bus_is_refused()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.AddEntityFrameworkOutbox<ParcelsContext>(outbox => outbox.UsePostgres());
                x.SetEntityFrameworkSagaRepositoryProvider(r =>
                {
                    r.ConcurrencyMode = ConcurrencyMode.Pessimistic;
                    r.DatabaseFactory(_ => () => new ParcelsContext(new DbContextOptionsBuilder<ParcelsContext>().UseNpgsql(database).Options));
                    r.UsePostgres();
                });
                x.AddSagaStateMachine(typeof(SagaTests.ParcelMachine)); // as AddSagaStateMachines(assembly) does for each it finds
                x.UsingInMemory((context, bus) => bus.ConfigureEndpoints(context));
                x.AddRider(rider => rider.UsingKafka((_, k) => k.Host(kafka.BootstrapServers)));
            },
            database: database);
        var id = NewId.NextGuid();

        await host.InScopeAsync(async scope =>
        {
            await scope.GetRequiredService<IPublishEndpoint>().Publish(new ParcelWeighed { ParcelId = id, Grams = 7 });
            await scope.GetRequiredService<ParcelsContext>().SaveChangesAsync();
            var publish = () => scope.GetRequiredService<IMessageScheduler>().SchedulePublish(DateTime.UtcNow.AddMinutes(1), new ParcelLabelled(id, "later"));
            (await publish.Should().ThrowAsync<Exception>()).Which.Message.Should().Contain("is the address of no topic");
        });

        await Eventually.True(() => host.QueryAsync(db => db.Set<Parcel>().AnyAsync(parcel => parcel.CorrelationId == id && parcel.Grams == 7)));
    }

    public sealed class StubbornConsumer(Heard heard, Shift shift, Shifts shifts) : IConsumer<ParcelLabelled>
    {
        public Task Consume(ConsumeContext<ParcelLabelled> context)
        {
            heard.Add(context);
            shifts.Seen.Add(shift.Name);
            return context.GetRetryAttempt() < 2 ? throw new InvalidOperationException("it sticks") : Task.CompletedTask;
        }
    }

    public sealed class Shift
    {
        public string Name { get; set; } = "nobody's";
    }

    public sealed class Shifts
    {
        public List<string> Seen { get; } = [];
    }

    /// <summary>Shares the consumer's scope.</summary>
    public sealed class ShiftFilter<T>(Shift shift) : IFilter<ConsumeContext<T>>
        where T : class
    {
        public Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
        {
            shift.Name = "night";
            return next.Send(context);
        }

        public void Probe(ProbeContext context)
        {
        }
    }

    public sealed class Listener : IConsumeObserver
    {
        public int Consumed { get; private set; }

        public Task PreConsume<T>(ConsumeContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context)
            where T : class
        {
            Consumed++;
            return Task.CompletedTask;
        }

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
