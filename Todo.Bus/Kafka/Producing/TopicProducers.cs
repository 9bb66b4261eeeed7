using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Todo.Bus.Kafka;

/// <summary>The settings of a rider's producers, by topic and types. A topic nobody set up gets the defaults.</summary>
internal sealed class TopicProducers(Action<string, ProducerConfig, Action<string>?> useClient)
{
    private readonly ConcurrentDictionary<(string Topic, Type Key, Type Value), object> _settings = new();

    public void Add<TKey, TValue>(string topic, ProducerSettings<TKey, TValue> settings)
        where TValue : class
    {
        if (!_settings.TryAdd((topic, typeof(TKey), typeof(TValue)), settings))
            return; // the first registration counts, as it does for injection
        if (settings.StatisticsHandler is not null || settings.Client.Any())
            useClient(topic, settings.Client, settings.StatisticsHandler);
    }

    public ProducerSettings<TKey, TValue> Of<TKey, TValue>(string topic)
        where TValue : class =>
        (ProducerSettings<TKey, TValue>)_settings.GetOrAdd((topic, typeof(TKey), typeof(TValue)), _ => new ProducerSettings<TKey, TValue>());
}
