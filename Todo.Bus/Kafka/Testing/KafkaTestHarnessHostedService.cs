using Confluent.Kafka;
using MassTransit.KafkaIntegration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Todo.Bus.Kafka;

namespace MassTransit.Testing;

/// <summary>Makes the topics of a test ready before the bus starts.</summary>
public class KafkaTestHarnessHostedService(ClientConfig client, IOptions<KafkaTestHarnessOptions> options, ILogger<KafkaTestHarnessHostedService> logger) : IHostedService
{
    /// <summary>Deletes and creates what the options say. A broker that refuses is taken as it is.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var wanted = options.Value;
        if (wanted.CleanTopicsOnStart && wanted.TopicNames.Count > 0)
            await DeleteAsync(wanted.TopicNames);
        if (wanted.CreateTopicsIfNotExists)
        {
            await TopicCreator.CreateAsync(
                client, null, [.. wanted.TopicNames.Select(name => new KafkaTopicOptions(name) { NumPartitions = (ushort)wanted.Partitions, ReplicationFactor = wanted.Replicas })], logger);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DeleteAsync(IReadOnlyList<string> topics)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig(client.Copy())).SetLogHandler((_, _) => { }).Build();
        try
        {
            await admin.DeleteTopicsAsync(topics);
        }
        catch (KafkaException refused)
        {
            KafkaLog.TopicsNotDeleted(logger, refused.Error.Reason);
        }
    }
}
