using System.Text;
using Confluent.Kafka;
using Todo.Bus.Envelope;

namespace Todo.Bus.Tests.Envelope;

public sealed class EventReaderTests
{
    [Fact]
    public void A_structured_event_is_read_with_or_without_its_content_type()
    {
        const string value = """{"specversion":"1.0","id":"7","source":"/shop","type":"order.paid.v1","subject":"o1","time":"2026-11-23T10:00:00Z","traceparent":"00-a-b-01","data":{"number":3},"extra":{"a":[1]}}""";

        foreach (var headers in new[] { Headers(), Headers(("Content-Type", "application/CloudEvents+json; charset=UTF-8")) })
        {
            var found = Read(value, headers);
            found.Type.Should().Be("order.paid.v1");
            found.Subject.Should().Be("o1");
            found.Time.Should().Be(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
            found.TraceParent.Should().Be("00-a-b-01");
            Text(found).Should().Be("""{"number":3}""");
        }
    }

    [Fact]
    public void A_binary_event_is_read_from_its_headers()
    {
        var found = Read("""{"number":3}""", Headers(("ce_type", "order.paid.v1"), ("ce_id", "7"), ("ce_source", "/shop"), ("content-type", "application/json")));

        found.Type.Should().Be("order.paid.v1");
        found.MessageId.Should().Be(EventEnvelope.Derive("/shop\n7"));
        Text(found).Should().Be("""{"number":3}""");
    }

    [Fact]
    public void What_Dapr_wraps_is_unwrapped_when_it_is_an_event_itself()
    {
        var found = Read("""{"specversion":"1.0","id":"outer","source":"app","type":"com.dapr.event.sent","traceparent":"00-t-s-01","data":{"specversion":"1.0","id":"inner","source":"/shop","type":"order.paid.v1","data":{"number":3}}}""");

        found.Type.Should().Be("order.paid.v1");
        found.Id.Should().Be("inner");
        found.TraceParent.Should().Be("00-t-s-01");
    }

    [Fact]
    public void MassTransit_headers_over_a_plain_body_are_read()
    {
        var id = Guid.NewGuid();
        var found = Read("""{"number":3}""", Headers(("MessageId", id.ToString()), ("ConversationId", "c"), ("Content-Type", "application/json")));

        found.Type.Should().BeNull("such a client leaves the type to the topic");
        found.MessageId.Should().Be(id);
        found.CorrelationId.Should().Be("c");
    }

    [Fact]
    public void Binary_data_is_decoded() =>
        Text(Read("""{"specversion":"1.0","id":"7","source":"/s","type":"t","data_base64":"eyJudW1iZXIiOjN9"}""")).Should().Be("""{"number":3}""");

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{ broken", "not-json")]
    [InlineData("[1]", "not-an-event")]
    [InlineData("{\"number\":3}", "not-an-event")]
    [InlineData("{\"specversion\":\"9.0\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"t\"}", "future-version")]
    [InlineData("{\"specversion\":\"1.0\",\"type\":\"t\"} trailing", "not-json")]
    public void What_is_no_event_says_why(string value, string reason) =>
        ReasonOf(() => Read(value)).Should().Be(reason);

    [Fact]
    public void Bytes_that_are_no_text_and_nesting_without_end_say_why()
    {
        ReasonOf(() => EventReader.Read(new RecordHeaders(null), [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"'])).Should().Be("not-utf8");
        var deep = $$"""{"specversion":"1.0","type":"t","data":{{new string('[', 100)}}{{new string(']', 100)}}}""";
        ReasonOf(() => Read(deep)).Should().Be("too-deep");
    }

    [Fact]
    public void Any_bytes_are_an_event_or_an_unreadable_record_and_nothing_worse()
    {
        var random = new Random(20261123);
        var seed = """{"specversion":"1.0","id":"7","source":"/s","type":"t","time":"x","data":{"a":[1,"é"]},"data_base64":"AA=="}"""u8.ToArray();
        for (var round = 0; round < 10_000; round++)
        {
            var bytes = seed.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (round % 3 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                EventReader.Read(new RecordHeaders(null), bytes);
            }
            catch (UnreadableRecordException unreadable)
            {
                unreadable.Reason.Should().NotBeEmpty();
            }
        }
    }

    private static EventEnvelope Read(string value, Headers? headers = null) => EventReader.Read(new RecordHeaders(headers), Encoding.UTF8.GetBytes(value));

    private static string Text(EventEnvelope envelope) => Encoding.UTF8.GetString(envelope.Data.Span);

    private static string ReasonOf(Action read)
    {
        try
        {
            read();
        }
        catch (UnreadableRecordException unreadable)
        {
            return unreadable.Reason;
        }

        return "readable";
    }

    private static Headers Headers(params (string Name, string Value)[] pairs)
    {
        var headers = new Headers();
        foreach (var (name, value) in pairs)
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        return headers;
    }
}
