using System.Diagnostics.Metrics;
using Confluent.Kafka;

namespace Todo.Bus.Telemetry;

/// <summary>What the bus counts, under the meter <c>Todo.Bus</c>: by OpenTelemetry's names where there is one, else by names of our own.</summary>
internal static class BusMetrics
{
    public const string MeterName = "Todo.Bus";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Relayed = Meter.CreateCounter<long>("todo.bus.outbox.relayed", "{record}", "Records brought from the outbox to Kafka.");
    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("todo.bus.outbox.refused", "{record}", "Records that Kafka refused for good.");
    public static readonly Counter<long> Released = Meter.CreateCounter<long>("todo.bus.timers.released", "{timer}", "Timers put on their topic.");
    public static readonly Histogram<double> Late = Meter.CreateHistogram<double>(
        "todo.bus.timers.lateness",
        "s",
        "How late timers were put on their topic.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600] });

    private static readonly Counter<long> SentMessages = Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Records handed to Kafka and answered, by topic.");
    private static readonly Counter<long> ConsumedMessages = Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Records read, by topic and group.");
    private static readonly Histogram<double> ProcessDuration = Meter.CreateHistogram<double>(
        "messaging.process.duration",
        "s",
        "How long handling a message took, without the commit.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    private static readonly Counter<long> FaultedMessages = Meter.CreateCounter<long>("todo.bus.consumer.faulted", "{message}", "Attempts to handle a message that failed.");
    private static readonly Counter<long> Records = Meter.CreateCounter<long>("todo.bus.records", "{record}", "Records by what became of them, each counted once: handled, skipped, dead-letter.");

    /// <summary>Kafka has answered for a record.</summary>
    public static void Sent(string topic, Error? error)
    {
        if (error is null)
            SentMessages.Add(1, KafkaSystem, Topic(topic));
        else
            SentMessages.Add(1, KafkaSystem, Topic(topic), Problem(error.Code.ToString()));
    }

    /// <summary>A record was read.</summary>
    public static void Consumed(string topic, string group) => ConsumedMessages.Add(1, KafkaSystem, Topic(topic), Group(group));

    /// <summary>A message was handled, well or badly.</summary>
    public static void Processed(string topic, string group, TimeSpan took, Exception? failure)
    {
        if (failure is null)
            ProcessDuration.Record(took.TotalSeconds, KafkaSystem, Topic(topic), Group(group));
        else
            ProcessDuration.Record(took.TotalSeconds, [KafkaSystem, Topic(topic), Group(group), Problem(failure.GetType().Name)]);
    }

    /// <summary>An attempt has failed, and its batch is decided.</summary>
    public static void Faulted(string topic, string group, Exception reason) =>
        FaultedMessages.Add(1, Topic(topic), Group(group), Problem(reason.GetBaseException().GetType().Name));

    /// <summary>A record has had its effect, now or earlier.</summary>
    public static void Handled(string topic, string group) => Records.Add(1, Topic(topic), Group(group), Outcome("handled"));

    /// <summary>Nobody at the endpoint wants a record of this type.</summary>
    public static void Skipped(string topic, string group) => Records.Add(1, Topic(topic), Group(group), Outcome("skipped"));

    /// <summary>A record became a dead letter.</summary>
    public static void DeadLetter(string topic, string group, string reason) =>
        Records.Add(1, [Topic(topic), Group(group), Outcome("dead-letter"), Problem(reason)]);

    /// <summary>Adds a gauge with one value for each set of tags.</summary>
    public static void Gauges(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> values) =>
        Meter.CreateObservableGauge(name, values, unit, description);

    /// <summary>Adds a gauge over what was last seen in the database.</summary>
    public static void Gauge(string name, string unit, string description, Func<double> value) => Meter.CreateObservableGauge(name, value, unit, description);

    private static readonly KeyValuePair<string, object?> KafkaSystem = new("messaging.system", "kafka");

    private static KeyValuePair<string, object?> Topic(string topic) => new("messaging.destination.name", topic);

    private static KeyValuePair<string, object?> Group(string group) => new("messaging.consumer.group.name", group);

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);

    private static KeyValuePair<string, object?> Problem(string type) => new("error.type", type);
}
