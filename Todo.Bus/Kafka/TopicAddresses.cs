using System.Collections.Concurrent;

namespace Todo.Bus.Kafka;

/// <summary>MassTransit's addresses of topics, made once each: parsing a Uri for every message would show in the profile.</summary>
internal sealed class TopicAddresses(Uri hostAddress)
{
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);

    public Uri Of(string topic) => _addresses.GetOrAdd(topic, name => new Uri(hostAddress, $"kafka/{name}"));
}
