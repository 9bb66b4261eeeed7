using System.Diagnostics.Metrics;

namespace Todo.Bus.Kafka;

/// <summary>Counts every record that was read exactly once, by what became of it: handled, skipped (a type nobody here wants) or dead-letter.</summary>
internal static class RecordMetrics
{
    public const string Name = "todo.bus.records";

    private static readonly Meter Meter = new("Todo.Bus");
    private static readonly Counter<long> Records = Meter.CreateCounter<long>(Name, "{record}", "Records read, by what became of them.");

    public static void Handled(TopicEndpointSettings endpoint) => Count(endpoint, "handled");

    public static void Skipped(TopicEndpointSettings endpoint) => Count(endpoint, "skipped");

    public static void DeadLetter(TopicEndpointSettings endpoint) => Count(endpoint, "dead-letter");

    private static void Count(TopicEndpointSettings endpoint, string outcome) =>
        Records.Add(1, new("topic", endpoint.Topic), new("consumer", endpoint.Consumer), new KeyValuePair<string, object?>("outcome", outcome));
}
