using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;

namespace Todo.Bus.Tests.Outbox;

public sealed class PublishOutboxTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task What_a_request_publishes_or_sends_leaves_with_its_commit_and_not_without()
    {
        await using var bus = await StartAsync(await kafka.CreateTopicAsync());
        var heard = bus.Services.GetRequiredService<Heard>();
        var (kept, undone) = (Guid.NewGuid(), Guid.NewGuid());

        await using (var scope = bus.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderClosed(undone, "rolled back", 1));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await using (var scope = bus.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(
                new OrderClosed(kept, "published", 1), context => { context.CorrelationId = kept; context.Headers.Set("colour", "green"); });
            var queue = await scope.ServiceProvider.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(new Uri("queue:heard"));
            await queue.Send(new OrderClosed(kept, "sent", 2));
            heard.Messages.Should().BeEmpty("nothing is committed");
            (await bus.ScalarAsync<long>("select count(*) from bus.messages")).Should().Be(0);
            await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().SaveChangesAsync();
        }

        await Eventually.True(() => heard.Messages.Count == 2);
        heard.Messages.Select(message => (message.Message.OrderId, message.Message.Customer)).Should().Equal((kept, "published"), (kept, "sent"));
        heard.Messages.First().CorrelationId.Should().Be(kept);
        heard.Messages.First().Headers.Get<string>("colour").Should().Be("green");
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.messages") == 0);
    }

    [Fact]
    public async Task What_a_failed_consumer_published_is_never_heard()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await StartAsync(topic);
        var heard = bus.Services.GetRequiredService<Heard>();
        var order = Guid.NewGuid();
        PublishesFirst.FailuresLeft[order] = 2;

        await bus.SendAsync(topic, order, new OrderPaid(order, 7));

        await Eventually.True(() => !heard.Messages.IsEmpty);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.messages") == 0);
        heard.Messages.Select(message => message.Message.Seen).Should().Equal([3], "the first two attempts were rolled back");
    }

    [Fact]
    public async Task A_message_the_bus_does_not_take_is_set_aside_and_shown_and_others_go_on()
    {
        await using var bus = await StartAsync(await kafka.CreateTopicAsync());
        var order = Guid.NewGuid();
        await using (var scope = bus.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderClosed(order, "spoilt", 1));
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderClosed(order, "good", 1));
            var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.SaveChangesAsync();
            await using (var spoil = new Npgsql.NpgsqlCommand("update bus.messages set destination = 'nowhere://at/all' where body like '%spoilt%'", (Npgsql.NpgsqlConnection)Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database)))
                await spoil.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        var heard = bus.Services.GetRequiredService<Heard>();
        await Eventually.True(() => heard.Messages.Any(message => message.Message.Customer == "good"));
        (await bus.ScalarAsync<string>("select state from ops.bus_messages")).Should().Be("failed");
        heard.Messages.Should().HaveCount(1);
    }

    private async Task<BusHost> StartAsync(string topic) =>
        await BusHost.StartAsync(
            kafka.BootstrapServers,
            await postgres.CreateDatabaseAsync(),
            bus => bus
                .Consumer<PublishesFirst>()
                .TopicEndpoint(topic, topic, (context, e) =>
                {
                    e.Retries = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10)];
                    e.ConfigureConsumer<PublishesFirst>(context);
                }),
            services => services.AddSingleton<Heard>().AddHostedService<ListensOnTheBus>());
}

/// <summary>What was heard on the in-memory bus.</summary>
public sealed class Heard
{
    public ConcurrentQueue<ConsumeContext<OrderClosed>> Messages { get; } = new();
}

/// <summary>Connects a queue to the bus, as an application would with a consumer of its own.</summary>
internal sealed class ListensOnTheBus(IBusControl bus, Heard heard) : Microsoft.Extensions.Hosting.IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        bus.ConnectReceiveEndpoint("heard", e =>
        {
            e.ConcurrentMessageLimit = 1;
            e.Handler<OrderClosed>(context =>
            {
                heard.Messages.Enqueue(context);
                return Task.CompletedTask;
            });
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Publishes the number of its attempt, then fails as often as the test wants.</summary>
public sealed class PublishesFirst : IConsumer<OrderPaid>
{
    private static readonly ConcurrentDictionary<Guid, int> Attempts = new();

    public static ConcurrentDictionary<Guid, int> FailuresLeft { get; } = new();

    public async Task Consume(ConsumeContext<OrderPaid> context)
    {
        var attempt = Attempts.AddOrUpdate(context.Message.OrderId, 1, (_, before) => before + 1);
        await context.Publish(new OrderClosed(context.Message.OrderId, "attempt", attempt));
        if (attempt <= FailuresLeft[context.Message.OrderId])
            throw new InvalidOperationException("not yet");
    }
}
