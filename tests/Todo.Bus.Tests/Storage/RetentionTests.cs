using Todo.Bus.DeadLetters;
using Todo.Bus.Outbox;
using Todo.Bus.Storage;
using Todo.Bus.Telemetry;
using Todo.Bus.Tests.DeadLetters;
using Todo.Testing;

namespace Todo.Bus.Tests.Storage;

public sealed class RetentionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Old_inbox_entries_and_settled_letters_go_and_waiting_letters_stay()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "retention");
        var clock = new TestClock(DateTimeOffset.UtcNow);
        using var retention = new Retention(database.Source, clock, new TestLogger<Retention>());
        await database.ExecuteAsync("insert into bus.inbox (consumer, message_id) select 'g', gen_random_uuid() from generate_series(1, 12000)");
        await database.WriteAsync(DeadLetterTable.Insert([.. Enumerable.Range(1, 3).Select(n => DeadLetterStoreTests.Letter("t", "g", n))]));
        var letters = new DeadLetterStore(database.Source);
        await letters.ReplayAsync(new DeadLetterFilter { Ids = [1] }, "ada", null, default);
        await database.WriteAsync(DeadLetterTable.MarkReplayed([1]));
        await letters.DiscardAsync(new DeadLetterFilter { Ids = [2] }, "ada", "why not", default);
        await database.WriteAsync(OutboxTable.Insert([new OutboxRow("t", null, null, null, "{}", Guid.NewGuid(), "type")]));
        await database.ExecuteAsync("update bus.outbox set failed_at = clock_timestamp()");
        await new RefusedMessages(database.Source, RefusedMessages.Records).DiscardAsync(new DeadLetterFilter(), "ada", "why not", default);

        (await retention.ForgetAsync(default)).Should().Be((0, 0, 0));
        clock.Advance(Retention.KeepInbox + TimeSpan.FromMinutes(1));
        (await retention.ForgetAsync(default)).Should().Be((12_000, 0, 0));
        clock.Advance(Retention.KeepLetters);
        (await retention.ForgetAsync(default)).Should().Be((0, 2, 1));

        (await letters.ListAsync(new DeadLetterFilter(), null, 10, default)).Should().ContainSingle().Which.State.Should().Be("waiting");
        (await database.CountAsync("bus.dead_letter_actions")).Should().Be(0);
    }

    [Fact]
    public async Task The_backlog_can_be_looked_at_and_shows_what_waits()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "gauges");
        using var gauges = new BacklogGauges(database.Source, new TestLogger<BacklogGauges>());
        await database.WriteAsync(DeadLetterTable.Insert([DeadLetterStoreTests.Letter("t", "g", 1)]));
        var seen = new Dictionary<string, double>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == BusMetrics.MeterName)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();

        await gauges.LookAsync(default);
        listener.RecordObservableInstruments();

        seen["todo.bus.dead_letters.waiting"].Should().Be(1);
        seen["todo.bus.outbox.depth"].Should().Be(0);
    }
}
