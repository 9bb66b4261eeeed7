using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Todo.AppHost.Kafka;

/// <summary>A Kafka of the user's own.</summary>
internal static class GivenKafka
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Checks that it answers and makes the topics it lacks.</summary>
    public static async Task PrepareAsync(string bootstrapServers)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers, SocketTimeoutMs = 10_000 })
            .SetLogHandler((_, _) => { })
            .Build();
        try
        {
            var there = admin.GetMetadata(Patience).Topics.Select(topic => topic.Topic).ToHashSet();
            var missing = TopicNames.All.Where(topic => !there.Contains(topic)).ToArray();
            if (missing.Length > 0)
                await admin.CreateTopicsAsync(
                    missing.Select(topic => new TopicSpecification { Name = topic, NumPartitions = EmbeddedKafka.DefaultPartitions, ReplicationFactor = -1 }),
                    new CreateTopicsOptions { OperationTimeout = Patience, RequestTimeout = Patience });
        }
        catch (CreateTopicsException e) when (e.Results.All(result => result.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Another process was as quick; the topics are there.
        }
        catch (KafkaException e)
        {
            throw new HostException($"The Kafka given with --kafka cannot be used: {bootstrapServers}: {e.Error.Reason}.", e);
        }
    }
}
