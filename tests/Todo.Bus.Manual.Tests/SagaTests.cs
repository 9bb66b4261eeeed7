using Confluent.Kafka;
using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;

namespace Todo.Bus.Manual.Tests;

public sealed class SagaTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(ConcurrencyMode.Pessimistic)]
    [InlineData(ConcurrencyMode.Optimistic)]
    public async Task A_saga_finds_its_instances_by_id_and_by_query_and_produces_what_it_promised(ConcurrencyMode mode)
    {
        var (topic, labels, answers) = (await kafka.CreateTopicAsync(), await kafka.CreateTopicAsync("labels"), await kafka.CreateTopicAsync("answers", 1));
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddEntityFrameworkOutbox<ParcelsContext>(outbox =>
                {
                    outbox.UsePostgres();
                    outbox.QueryDelay = TimeSpan.FromSeconds(1);
                    outbox.UseBusOutbox();
                });
                x.AddRider(rider =>
                {
                    rider.AddSagaStateMachine<ParcelMachine, Parcel>().EntityFrameworkRepository(r =>
                    {
                        r.ConcurrencyMode = mode;
                        r.ExistingDbContext<ParcelsContext>();
                        r.UsePostgres();
                    });
                    rider.AddProducer<Guid, ParcelWeighed>(topic);
                    rider.AddProducer<string, ParcelLabelled>(labels);
                    rider.AddProducer<string, IParcelScanned>(answers, context => context.Message.Place);
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(kafka.BootstrapServers);
                        k.TopicEndpoint<Guid, ParcelWeighed>(topic, topic, e =>
                        {
                            e.UseEntityFrameworkOutbox<ParcelsContext>(context);
                            e.ConfigureSaga<Parcel>(context);
                        });
                        k.TopicEndpoint<string, ParcelLabelled>(labels, topic, e =>
                        {
                            e.Retries = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)];
                            e.ConfigureSaga<Parcel>(context);
                        });
                    });
                });
            },
            database: await postgres.CreateDatabaseAsync());
        var ids = Enumerable.Range(0, 20).Select(_ => NewId.NextGuid()).ToList();

        await host.InScopeAsync(async scope =>
        {
            var weighed = scope.GetRequiredService<ITopicProducer<Guid, ParcelWeighed>>();
            foreach (var id in ids)
                await weighed.Produce(id, new ParcelWeighed { ParcelId = id, Grams = 100 });
            await scope.GetRequiredService<ParcelsContext>().SaveChangesAsync();
        });
        await Eventually.True(() => host.QueryAsync(async db => await db.Set<Parcel>().CountAsync(parcel => parcel.CurrentState == "OnScale") == 20));
        await host.InScopeAsync(async scope =>
        {
            var labelled = scope.GetRequiredService<ITopicProducer<string, ParcelLabelled>>();
            foreach (var id in ids)
                await labelled.Produce(id.ToString(), new ParcelLabelled(id, id.ToString()[..8]));
            await scope.GetRequiredService<ParcelsContext>().SaveChangesAsync();
        });

        await Eventually.True(() => host.QueryAsync(async db => await db.Set<Parcel>().CountAsync(parcel => parcel.CurrentState == "Shelved" && parcel.Grams == 101) == 20));
        new Outsider(kafka.BootstrapServers).ReadOne(answers).Message.Key.Should().Equal("shelf"u8.ToArray());
        (await host.QueryAsync(db => db.Database.SqlQuery<long>($"""select count(*)::bigint as "Value" from bus.dead_letters""").SingleAsync())).Should().Be(0);
    }

    [Fact]
    public async Task A_saga_with_owned_types_and_arrays_is_loaded_and_saved_whole()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddRider(rider =>
                {
                    rider.AddSagaStateMachine<CrateMachine, Crate>().EntityFrameworkRepository(r =>
                    {
                        r.AddDbContext<DbContext, CratesContext>((scope, options) => options.UseNpgsql(scope.GetRequiredService<DatabaseName>().Connection));
                        r.UsePostgres("public");
                        r.LockStatementProvider = new PostgresLockStatementProvider();
                        r.IsolationLevel = System.Data.IsolationLevel.ReadCommitted;
                        r.CustomizeQuery(crates => crates.Include(crate => crate.Contents));
                    });
                    rider.AddProducer<Guid, ParcelWeighed>(topic);
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(kafka.BootstrapServers);
                        k.TopicEndpoint<Guid, ParcelWeighed>(topic, topic, e => e.ConfigureSaga<Crate>(context));
                    });
                });
            },
            services => services.AddSingleton(new DatabaseName(CratesDatabase)));
        var crate = NewId.NextGuid();

        for (var grams = 1; grams <= 10; grams++)
            await host.ProduceAsync(crate, new ParcelWeighed { ParcelId = crate, Grams = grams });

        await Eventually.True(async () =>
        {
            await using var db = new CratesContext(new DbContextOptionsBuilder<CratesContext>().UseNpgsql(CratesDatabase).Options);
            var saga = await db.Set<Crate>().AsNoTracking().SingleOrDefaultAsync(found => found.CorrelationId == crate);
            return saga is { Place.Shelf: "A10" } && saga.Weights.SequenceEqual(Enumerable.Range(1, 10)) && saga.Contents.Count == 10;
        });
    }

    private string CratesDatabase => field ??= CreateCratesAsync().GetAwaiter().GetResult();

    private async Task<string> CreateCratesAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var db = new CratesContext(new DbContextOptionsBuilder<CratesContext>().UseNpgsql(database).Options);
        await db.Database.EnsureCreatedAsync();
        return database;
    }

    [Fact]
    public async Task A_scheduler_outside_a_message_sets_and_cancels_with_the_callers_commit()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddEntityFrameworkOutbox<ParcelsContext>(outbox => outbox.UsePostgres());
                x.AddRider(rider =>
                {
                    rider.AddConsumer<WeighedConsumer>();
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(kafka.BootstrapServers);
                        k.TopicEndpoint<Ignore, ParcelWeighed>(topic, topic, e => e.ConfigureConsumer<WeighedConsumer>(context));
                    });
                });
            },
            database: await postgres.CreateDatabaseAsync());
        var address = new Uri($"topic:{topic}");
        var tokens = new List<Guid>();

        await host.InScopeAsync(async scope =>
        {
            var scheduler = scope.GetRequiredService<IMessageScheduler>();
            await scheduler.ScheduleSend(address, DateTime.UtcNow, new ParcelWeighed { Grams = 1 }); // never saved
        });
        await host.InScopeAsync(async scope =>
        {
            var scheduler = scope.GetRequiredService<IMessageScheduler>();
            tokens.Add((await scheduler.ScheduleSend(address, DateTime.UtcNow.AddMinutes(5), new ParcelWeighed { Grams = 2 })).TokenId);
            await scheduler.ScheduleSend(address, DateTime.UtcNow.AddMilliseconds(50), new ParcelWeighed { Grams = 3 });
            await scheduler.CancelScheduledSend(address, (await scheduler.ScheduleSend(address, DateTime.UtcNow, new ParcelWeighed { Grams = 4 })).TokenId);
            await scope.GetRequiredService<ParcelsContext>().SaveChangesAsync();
        });
        (await TimersAsync(host)).Should().BeLessThanOrEqualTo(2);
        await host.InScopeAsync(async scope =>
        {
            var scheduler = scope.GetRequiredService<IMessageScheduler>();
            await scheduler.CancelScheduledSend(address, tokens[0]);
            await scheduler.CancelScheduledSend(address, Guid.NewGuid()); // fired long ago
            await scope.GetRequiredService<ParcelsContext>().SaveChangesAsync();
        });

        await Eventually.True(async () => host.Heard.Of<ParcelWeighed>().Count == 1 && await TimersAsync(host) == 0);
        host.Heard.Of<ParcelWeighed>().Single().Message.Grams.Should().Be(3);
    }

    private static Task<long> TimersAsync(ManualHost host) =>
        host.QueryAsync(db => db.Database.SqlQuery<long>($"""select count(*)::bigint as "Value" from bus.timers""").SingleAsync());

    public sealed class ParcelMachine : MassTransitStateMachine<Parcel>
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, int> Failed = new();

        public ParcelMachine()
        {
            InstanceState(parcel => parcel.CurrentState);
            Event(() => Weighed, e => e.CorrelateById(context => context.Message.ParcelId));
            Event(() => Labelling, e => e.CorrelateBy((parcel, context) => parcel.CorrelationId == context.Message.ParcelId && parcel.CurrentState == "OnScale"));

            Initially(When(Weighed)
                .Then(context => context.Saga.Grams = context.Message.Grams)
                .TransitionTo(OnScale));
            During(OnScale, When(Labelling)
                .Then(context =>
                {
                    // The first attempt fails after it has changed the saga; nothing of it may be left.
                    context.Saga.Grams++;
                    if (Failed.TryAdd(context.Saga.CorrelationId, 1))
                        throw new InvalidOperationException("the printer jams once");
                    context.Saga.Label = context.Message.Label;
                })
                .Produce(context => context.Init<IParcelScanned>(new { ParcelId = context.Saga.CorrelationId, Place = "shelf" }))
                .Catch<InvalidOperationException>(caught => caught
                    .Produce(context => context.Init<IParcelScanned>(new { ParcelId = context.Saga.CorrelationId, Place = "never sent: the message fails" }))
                    .Then(context => throw context.Exception))
                .TransitionTo(Shelved));
        }

        public State OnScale { get; private set; } = null!;

        public State Shelved { get; private set; } = null!;

        public Event<ParcelWeighed> Weighed { get; private set; } = null!;

        public Event<ParcelLabelled> Labelling { get; private set; } = null!;
    }

    public sealed record DatabaseName(string Connection);

    public sealed class Crate : SagaStateMachineInstance
    {
        public Guid CorrelationId { get; set; }

        public string CurrentState { get; set; } = "";

        public Place Place { get; set; } = new();

        public int[] Weights { get; set; } = [];

        public List<Item> Contents { get; set; } = [];
    }

    public sealed class Place
    {
        public string Shelf { get; set; } = "";
    }

    public sealed class Item
    {
        public int Id { get; set; }

        public int Grams { get; set; }
    }

    public sealed class CrateMap : SagaClassMap<Crate>
    {
        protected override void Configure(EntityTypeBuilder<Crate> entity, ModelBuilder model)
        {
            entity.OwnsOne(crate => crate.Place);
            entity.OwnsMany(crate => crate.Contents);
        }
    }

    public sealed class CratesContext(DbContextOptions<CratesContext> options) : SagaDbContext(options)
    {
        protected override IEnumerable<ISagaClassMap> Configurations
        {
            get { yield return new CrateMap(); }
        }
    }

    public sealed class CrateMachine : MassTransitStateMachine<Crate>
    {
        public CrateMachine()
        {
            InstanceState(crate => crate.CurrentState);
            Event(() => Weighed, e => e.CorrelateById(context => context.Message.ParcelId));
            Initially(When(Weighed).Then(Put).TransitionTo(Open));
            During(Open, When(Weighed).Then(Put));
        }

        public State Open { get; private set; } = null!;

        public Event<ParcelWeighed> Weighed { get; private set; } = null!;

        private static void Put(BehaviorContext<Crate, ParcelWeighed> context)
        {
            context.Saga.Weights = [.. context.Saga.Weights, context.Message.Grams];
            context.Saga.Place.Shelf = $"A{context.Message.Grams}";
            context.Saga.Contents.Add(new Item { Grams = context.Message.Grams });
        }
    }
}
