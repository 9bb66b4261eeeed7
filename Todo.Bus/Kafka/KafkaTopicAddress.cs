namespace MassTransit.KafkaIntegration;

/// <summary>The address of a topic as messages carry it: <c>loopback://localhost/kafka/{topic}</c>.</summary>
public readonly struct KafkaTopicAddress
{
    /// <summary>What stands before the topic.</summary>
    public const string PathPrefix = "kafka";

    private readonly Uri _host;

    /// <summary>The topic that an address names: <c>topic:name</c>, or one like ours.</summary>
    public KafkaTopicAddress(Uri hostAddress, Uri address)
        : this(hostAddress, Uri.UnescapeDataString(address.Scheme == "topic" ? address.AbsolutePath : TopicIn(address)))
    {
    }

    /// <summary>A topic on a bus.</summary>
    public KafkaTopicAddress(Uri hostAddress, string topic) => (_host, Topic) = (hostAddress, topic);

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>The address.</summary>
    public static implicit operator Uri(KafkaTopicAddress address) => new(address._host, $"/{PathPrefix}/{address.Topic}");

    internal static string TopicIn(Uri address)
    {
        const string prefix = $"/{PathPrefix}/";
        return address.AbsolutePath.StartsWith(prefix, StringComparison.Ordinal)
            ? address.AbsolutePath[prefix.Length..]
            : throw new NotSupportedException($"{address} is the address of no topic: name one as topic:{{name}}.");
    }
}
