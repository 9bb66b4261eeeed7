using System.Text;
using Todo.Bus.DeadLetters;
using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;
using Todo.Testing;

namespace Todo.Bus.Tests.Storage;

public sealed class TableTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Rows_of_the_outbox_keep_their_order_and_every_byte()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "outboxrows");
        var longText = new string('x', 5_000);
        OutboxRow[] rows =
        [
            new("b-topic", 3, [1, 0, 255], [0, 1, 2], """{"a":"é"}""", Guid.CreateVersion7(), longText),
            new("a-topic", null, null, null, "{}", Guid.CreateVersion7(), "t"),
            .. Enumerable.Range(0, 500).Select(n => new OutboxRow("c", null, Encoding.UTF8.GetBytes($"{n}"), [], "{}", Guid.CreateVersion7(), "t")),
        ];

        await database.WriteAsync(OutboxTable.Insert(rows));

        var read = new List<(string Topic, int? Partition, byte[]? Key, byte[]? Value, Guid Id, string Type)>();
        await using var command = database.Source.CreateCommand("select topic, partition, key, value, message_id, message_type from bus.outbox order by id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            read.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader[2] as byte[], reader[3] as byte[], reader.GetGuid(4), reader.GetString(5)));

        read.Should().BeEquivalentTo(
            rows.Select(row => (row.Topic, row.Partition, row.Key, row.Value, row.MessageId, row.MessageType)),
            options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task A_timer_set_twice_is_moved_and_one_set_and_cancelled_in_a_transaction_is_gone()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "timerrows");
        var (moved, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var due = TestClock.Morning;

        await database.WriteAsync(
            TimerTable.Insert([Timer(moved, due), Timer(gone, due), Timer(moved, due.AddHours(1))]),
            TimerTable.Cancel([gone, gone, Guid.NewGuid()]));
        await database.WriteAsync(TimerTable.Insert([Timer(moved, due.AddHours(2))]));

        (await database.CountAsync("bus.timers")).Should().Be(1);
        (await database.ScalarAsync<DateTime>("select due_at from bus.timers")).Should().Be(due.AddHours(2).UtcDateTime);
    }

    [Fact]
    public async Task Garbage_of_every_kind_fits_into_a_dead_letter()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "letterrows");
        var letter = new DeadLetterRow(
            "t", "g", 1, 7, [0xff, 0], [0, 0xff], """{"bad":"a\u0000b"}""", null, "ty\0pe", "unreadable", "no\0t JSON", null, 1);

        await database.WriteAsync(DeadLetterTable.Insert([letter, letter]));

        (await database.ScalarAsync<string>("select error || ' ' || message_type || ' ' || key from ops.dead_letters")).Should().Be("no\uFFFDt JSON ty\uFFFDpe \\xff00");
    }

    private static TimerRow Timer(Guid token, DateTimeOffset due) =>
        new(token, due, new OutboxRow("t", null, "k"u8.ToArray(), "{}"u8.ToArray(), "{}", Guid.CreateVersion7(), "type"), null, "group");
}
