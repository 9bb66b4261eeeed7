using System.Diagnostics.Metrics;

namespace Todo.Bus.Storage;

/// <summary>What the storage half of the bus counts, under the meter <c>Todo.Bus</c>.</summary>
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

    /// <summary>Adds a gauge over what was last seen in the database.</summary>
    public static void Gauge(string name, string unit, string description, Func<double> value) => Meter.CreateObservableGauge(name, value, unit, description);
}
