using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Todo.Bus.Envelope;
using Todo.Bus.Kafka;

namespace Todo.Bus.Telemetry;

/// <summary>The spans of the bus, source <c>Todo.Bus</c>, named by OpenTelemetry's conventions for messaging.</summary>
/// <remarks>
/// A message is created where somebody produces it or sets a timer, and its record carries that span as <c>traceparent</c>
/// from then on. Sending it, now or days later, and processing it, in whatever process, are children of it: one trace from
/// the click to the reminder.
/// </remarks>
internal static class BusTracing
{
    public const string SourceName = "Todo.Bus";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A message is made; it waits for its commit, or for its time.</summary>
    public static Activity? Create(string topic, Guid? messageId) =>
        Source.StartActivity($"create {topic}", ActivityKind.Producer)
            ?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.name", "create")
            .SetTag("messaging.operation.type", "create")
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.message.id", messageId?.ToString());

    /// <summary>A record is handed to Kafka. Returns what to do with Kafka's answer.</summary>
    public static Action<Error?> Send(string topic, byte[]? key, Confluent.Kafka.Headers headers, Action<Error?> done)
    {
        var span = Source.HasListeners() ? StartSend(topic, key, headers) : null;
        return error =>
        {
            BusMetrics.Sent(topic, error);
            if (span is not null)
            {
                if (error is not null)
                    span.SetTag("error.type", error.Code.ToString()).SetStatus(ActivityStatusCode.Error, error.Reason);
                span.Dispose();
            }

            done(error);
        };
    }

    /// <summary>The transaction of many messages; their SQL and their commit are its children.</summary>
    public static Activity? Batch(string topic, string group, int messages) =>
        Source.StartActivity($"batch {topic}")
            ?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.consumer.group.name", group)
            .SetTag("messaging.batch.message_count", messages);

    /// <summary>A message is handled, as a child of its creation.</summary>
    public static Activity? Process(RecordReceiveContext message, string group)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext.TryParse(message.TraceParent, message.TraceState, isRemote: true, out var parent);
        ActivityLink[] batch = Activity.Current is { } together ? [new ActivityLink(together.Context)] : [];
        return Source.StartActivity($"process {message.Topic}", ActivityKind.Consumer, parent, links: batch)
            ?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.name", "process")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", message.Topic)
            .SetTag("messaging.destination.partition.id", message.Partition.ToString(CultureInfo.InvariantCulture))
            .SetTag("messaging.kafka.offset", message.Offset)
            .SetTag("messaging.kafka.message.key", Text(message.KeyBytes))
            .SetTag("messaging.consumer.group.name", group)
            .SetTag("messaging.message.id", message.ConsumeContext.MessageId?.ToString());
    }

    /// <summary>Whatever was being done has failed.</summary>
    public static void Failed(this Activity? span, Exception failure) =>
        span?.SetTag("error.type", failure.GetType().Name).SetStatus(ActivityStatusCode.Error, failure.Message);

    private static Activity? StartSend(string topic, byte[]? key, Confluent.Kafka.Headers headers)
    {
        var text = new RecordHeaders(headers);
        ActivityContext.TryParse(text["traceparent"], text["tracestate"], isRemote: true, out var parent);
        var before = Activity.Current;
        var span = Source.StartActivity($"send {topic}", ActivityKind.Client, parent)
            ?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.name", "send")
            .SetTag("messaging.operation.type", "send")
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.kafka.message.key", Text(key));
        Activity.Current = before; // it ends when Kafka answers; what comes next here is not part of it
        return span;
    }

    private static string? Text(byte[]? key) => key is null ? null : Encoding.UTF8.GetString(key);
}
