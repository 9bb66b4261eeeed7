using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Kafka;

/// <summary>How far each partition that this process owns is behind, as the gauge <c>todo.bus.consumer.lag</c>.</summary>
/// <remarks>Counted from the first record without effect, not from what was fetched or committed.</remarks>
internal static class ConsumerLag
{
    private static readonly ConcurrentDictionary<TopicConsumer, (string Group, PartitionTracker[] Partitions)> Owned = new();

    static ConsumerLag() => BusMetrics.Gauges("todo.bus.consumer.lag", "{record}", "Records of a partition that have not had their effect.", Measure);

    /// <summary>From now on the consumer owns these partitions.</summary>
    public static void Watch(TopicConsumer consumer, string group, IEnumerable<PartitionTracker> partitions)
    {
        PartitionTracker[] owned = [.. partitions];
        if (owned.Length == 0)
            Owned.TryRemove(consumer, out _);
        else
            Owned[consumer] = (group, owned);
    }

    private static IEnumerable<Measurement<long>> Measure() =>
        from owner in Owned.Values
        from tracker in owner.Partitions
        let lag = tracker.Lag
        where lag is not null
        select new Measurement<long>(
            lag.Value,
            new("messaging.destination.name", tracker.Partition.Topic),
            new("messaging.destination.partition.id", tracker.Partition.Partition.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("messaging.consumer.group.name", owner.Group));
}
