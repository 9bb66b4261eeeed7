using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;

namespace Todo.Bus.Manual.Tests;

public sealed class OutboxTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Publish_Send_and_Produce_in_a_scope_leave_with_its_commit_and_not_without()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.AddConsumer<LabelledConsumer>();
                x.AddEntityFrameworkOutbox<ParcelsContext>(outbox =>
                {
                    outbox.UsePostgres();
                    outbox.UseBusOutbox();
                });
                x.UsingInMemory((context, bus) => bus.ConfigureEndpoints(context));
                x.AddRider(rider =>
                {
                    rider.AddConsumer<WeighedConsumer>();
                    rider.AddProducer<Guid, ParcelWeighed>(topic);
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(kafka.BootstrapServers);
                        k.TopicEndpoint<Guid, ParcelWeighed>(topic, topic, e => e.ConfigureConsumer<WeighedConsumer>(context));
                    });
                });
            },
            database: await postgres.CreateDatabaseAsync());

        await host.InScopeAsync(scope => SayAsync(scope, "never saved"));
        await host.InScopeAsync(async scope =>
        {
            await SayAsync(scope, "saved");
            host.Heard.Of<ParcelLabelled>().Should().BeEmpty("nothing is committed");
            await scope.GetRequiredService<ParcelsContext>().SaveChangesAsync();
        });

        await Eventually.True(() => host.Heard.Of<ParcelLabelled>().Count == 2 && host.Heard.Of<ParcelWeighed>().Count == 1);
        host.Heard.Of<ParcelLabelled>().Select(context => context.Message.Label).Should().AllBe("saved");
        host.Heard.Of<ParcelWeighed>().Single().Message.Grams.Should().Be("saved".Length);
    }

    private static async Task SayAsync(IServiceProvider scope, string label)
    {
        await scope.GetRequiredService<IPublishEndpoint>().Publish(new ParcelLabelled(Guid.NewGuid(), label));
        var queue = await scope.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(new Uri("queue:Labelled"));
        await queue.Send(new ParcelLabelled(Guid.NewGuid(), label));
        await scope.GetRequiredService<ITopicProducer<Guid, ParcelWeighed>>().Produce(Guid.NewGuid(), new ParcelWeighed { Grams = label.Length });
    }
}
