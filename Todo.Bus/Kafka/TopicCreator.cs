using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MassTransit.KafkaIntegration;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Kafka;

/// <summary>Creates topics that are not there. Where a broker does not serve that, or does not let us, reading the topic may make it appear; else it is waited for.</summary>
internal static class TopicCreator
{
    public static async Task CreateAsync(ClientConfig client, Action<IClient, string>? tokenRefresh, IReadOnlyList<KafkaTopicOptions> topics, ILogger logger)
    {
        var config = new AdminClientConfig(client.Copy());
        config.Set("allow.auto.create.topics", "true"); // whatever the consumer itself may do by asking
        var builder = new AdminClientBuilder(config).SetLogHandler((_, _) => { });
        if (tokenRefresh is not null)
            builder.SetOAuthBearerTokenRefreshHandler((admin, value) => tokenRefresh(admin, value));
        using var admin = builder.Build();
        foreach (var topic in topics)
            await CreateAsync(admin, topic, logger);
    }

    private static async Task CreateAsync(IAdminClient admin, KafkaTopicOptions topic, ILogger logger)
    {
        try
        {
            // All topics are listed: asking for one could make a broker create it, with as many partitions as it likes.
            if (admin.GetMetadata(topic.RequestTimeout).Topics.Any(found => found.Topic == topic.TopicName))
                return;
            await admin.CreateTopicsAsync(
                [new TopicSpecification { Name = topic.TopicName, NumPartitions = topic.NumPartitions, ReplicationFactor = topic.ReplicationFactor }],
                new CreateTopicsOptions { RequestTimeout = topic.RequestTimeout, OperationTimeout = topic.RequestTimeout });
            KafkaLog.TopicCreated(logger, topic.TopicName, topic.NumPartitions);
        }
        catch (CreateTopicsException exists) when (exists.Results.All(result => result.Error.Code is ErrorCode.TopicAlreadyExists or ErrorCode.NoError))
        {
            // Another process was faster.
        }
        catch (KafkaException refused)
        {
            KafkaLog.TopicNotCreated(logger, topic.TopicName, refused.Error.Reason);
            Ask(admin, topic);
        }
    }

    /// <summary>A broker that creates topics on first use creates it now.</summary>
    private static void Ask(IAdminClient admin, KafkaTopicOptions topic)
    {
        try
        {
            admin.GetMetadata(topic.TopicName, topic.RequestTimeout);
        }
        catch (KafkaException)
        {
            // Then it is waited for.
        }
    }
}
