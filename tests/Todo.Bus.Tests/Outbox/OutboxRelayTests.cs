using Confluent.Kafka;
using Npgsql;
using Todo.Bus.Outbox;
using Todo.Bus.Tests.Storage;
using Todo.Testing;
using static Todo.Bus.Tests.Outbox.RelayRig;

namespace Todo.Bus.Tests.Outbox;

public sealed class OutboxRelayTests(PostgresFixture postgres, KafkaFixture kafka) : IClassFixture<PostgresFixture>, IClassFixture<KafkaFixture>
{
    [Fact]
    public async Task What_is_committed_arrives_with_its_bytes_and_headers_and_leaves_the_outbox()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "arrives");
        var topic = await kafka.CreateTopicAsync();
        await using var relay = await StartAsync(database.ConnectionString, kafka.BootstrapServers);

        await database.WriteAsync(OutboxTable.Insert(
        [
            new(topic, 7, [0, 255], [1, 0, 2], """{"traceparent":"00-a","name":"J\u00fcrgen \"x\"","empty":null}""", Guid.CreateVersion7(), "t"),
            new(topic, 7, [0, 255], null, "{}", Guid.CreateVersion7(), "t"),
        ]));
        relay.Signal.Wake(~0);

        var records = ReadPartition(topic, 7, 2);
        records[0].Message.Key.Should().Equal(0, 255);
        records[0].Message.Value.Should().Equal(1, 0, 2);
        records[0].Message.Headers.Select(header => (header.Key, header.GetValueBytes() is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null))
            .Should().BeEquivalentTo([("traceparent", "00-a"), ("name", "Jürgen \"x\""), ("empty", null)]);
        records[1].Message.Value.Should().BeNull();
        await Eventually.True(async () => await database.CountAsync("bus.outbox") == 0);
    }

    [Fact]
    public async Task A_rollback_sends_nothing()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "rollback");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        await using var relay = await StartAsync(database.ConnectionString, kafka.BootstrapServers);

        await using (var connection = await database.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { OutboxTable.Insert([Row(topic, "k", "undone")]) } };
            await batch.ExecuteNonQueryAsync();
            relay.Signal.Wake(~0);
            await transaction.RollbackAsync();
        }

        await database.WriteAsync(OutboxTable.Insert([Row(topic, "k", "done")]));
        relay.Signal.Wake(~0);

        await Eventually.Get(() => reader.Of("k"), values => values.Count > 0);
        reader.Of("k").Should().Equal("done");
    }

    [Fact]
    public async Task Rows_of_a_process_without_a_relay_are_found_by_another()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "orphans");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        await using var relay = await StartAsync(database.ConnectionString, kafka.BootstrapServers);

        // Nobody wakes the relay; how soon it looks by itself is the benchmark's business.
        for (var i = 0; i < 20; i++)
        {
            await database.WriteAsync(OutboxTable.Insert([Row(topic, "k", $"{i}")]));
            await Eventually.True(() => reader.Of("k").Count == i + 1);
        }

        reader.Of("k").Should().Equal(Enumerable.Range(0, 20).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Three_relays_at_once_keep_the_order_of_every_key_and_send_nothing_twice()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "threerelays");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        var relays = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(database.ConnectionString, kafka.BootstrapServers)));
        const int writers = 6;
        const int perWriter = 1_000;

        // Each writer has keys of its own, as a saga's row lock would see to, and wakes one relay or none.
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            var random = new Random(writer);
            for (var n = 0; n < perWriter;)
            {
                var rows = Enumerable.Range(0, Math.Min(random.Next(1, 20), perWriter - n)).Select(_ => Row(topic, $"{writer}-{n % 7}", $"{n++:D6}")).ToList();
                await database.WriteAsync(OutboxTable.Insert(rows));
                if (random.Next(4) is < 3 and var relay)
                    relays[relay].Signal.Wake(rows.Aggregate(0, (lanes, row) => lanes | 1 << row.Lane));
            }
        }));
        await Eventually.True(() => reader.Count >= writers * perWriter);
        await Eventually.True(async () => await database.CountAsync("bus.outbox") == 0);
        foreach (var relay in relays)
            await relay.DisposeAsync();

        reader.Count.Should().Be(writers * perWriter);
        foreach (var key in reader.All.GroupBy(record => record.Key))
            key.Select(record => record.Value).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_slow_transaction_does_not_let_a_later_row_of_its_key_overtake_it()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "slowcommit");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        await using var relay = await StartAsync(database.ConnectionString, kafka.BootstrapServers);
        var lane = Row(topic, "slow", "").Lane;
        var neighbour = Enumerable.Range(0, 1000).Select(n => $"n{n}").First(name => Row(topic, name, "").Lane == lane);

        for (var round = 1; round <= 30; round++)
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { OutboxTable.Insert([Row(topic, "slow", $"{round:D3}-1")]) } };
            await batch.ExecuteNonQueryAsync();
            // The neighbour's ids are higher, and it is sent while the first transaction is still open.
            await database.WriteAsync(OutboxTable.Insert([.. Enumerable.Range(0, 20).Select(n => Row(topic, neighbour, $"{round}-{n}"))]));
            relay.Signal.Wake(~0);
            var neighbours = round * 20;
            await Eventually.True(() => reader.Of(neighbour).Count == neighbours);
            await transaction.CommitAsync();
            await database.WriteAsync(OutboxTable.Insert([Row(topic, "slow", $"{round:D3}-2")]));
            relay.Signal.Wake(~0);
        }

        await Eventually.True(() => reader.Of("slow").Count == 60);
        reader.Of("slow").Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_record_that_Kafka_refuses_stops_its_key_only_and_is_shown()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "refused");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        await using var relay = await StartAsync(database.ConnectionString, kafka.BootstrapServers);
        var tooLarge = Row(topic, "poisoned", new string('x', 2_000_000));

        await database.WriteAsync(OutboxTable.Insert([Row(topic, "poisoned", "before"), tooLarge, Row(topic, "poisoned", "behind"), Row(topic, "healthy", "1")]));
        await Eventually.True(async () => await database.CountAsync("ops.outbox", "state = 'refused'") == 2);
        await database.WriteAsync(OutboxTable.Insert([Row(topic, "poisoned", "later"), Row(topic, "healthy", "2")]));
        await Eventually.True(async () => await database.CountAsync("ops.outbox", "state = 'refused'") == 3);
        await Eventually.True(() => reader.Of("healthy").Count == 2);

        reader.Of("poisoned").Should().Equal("before");
        (await database.ScalarAsync<string>("select last_error from ops.outbox where last_error not like 'waits%'")).Should().Contain("MsgSizeTooLarge");

        await database.ExecuteAsync($"delete from bus.outbox where message_id = '{tooLarge.MessageId}'");
        (await database.ScalarAsync<long>($"select bus.release_refused('{topic}', 'poisoned')")).Should().Be(2);
        await Eventually.True(() => reader.Of("poisoned").Count == 3);
        reader.Of("poisoned").Should().Equal("before", "behind", "later");
    }

    [Fact]
    public async Task Errors_of_the_broker_that_pass_lose_nothing_and_keep_the_order()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "passing");
        using var faulty = new FaultyKafka("t");
        using var reader = new TopicReader(faulty.BootstrapServers, "t");
        await using var relay = await StartAsync(database.ConnectionString, faulty.BootstrapServers);

        faulty.FailNextProduce(ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.TopicAuthorizationFailed, ErrorCode.NotEnoughReplicas);
        for (var n = 0; n < 200; n++)
            await database.WriteAsync(OutboxTable.Insert([Row("t", $"{n % 5}", $"{n:D4}")]));

        await Eventually.True(async () => await database.CountAsync("bus.outbox") == 0);
        await Eventually.True(() => reader.All.Select(record => record.Value).Distinct().Count() == 200);
        foreach (var (key, values) in reader.FirstOccurrences())
            values.Should().BeInAscendingOrder($"key {key} keeps its order");
    }

    [Fact]
    public async Task While_the_broker_is_down_everything_waits_and_then_goes_out_in_order()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "brokerdown");
        using var faulty = new FaultyKafka("t");
        using var reader = new TopicReader(faulty.BootstrapServers, "t");
        await using var relay = await StartAsync(database.ConnectionString, faulty.BootstrapServers);
        await database.WriteAsync(OutboxTable.Insert([Row("t", "k", "0000")]));
        await Eventually.True(async () => await database.CountAsync("bus.outbox") == 0);

        faulty.TakeDown();
        await database.WriteAsync(OutboxTable.Insert([.. Enumerable.Range(1, 500).Select(n => Row("t", "k", $"{n:D4}"))]));
        await using var second = await StartAsync(database.ConnectionString, faulty.BootstrapServers);
        await database.WriteAsync(OutboxTable.Insert([.. Enumerable.Range(501, 500).Select(n => Row("t", "k", $"{n:D4}"))]));
        (await database.CountAsync("bus.outbox")).Should().Be(1000);
        faulty.BringUp();

        await Eventually.True(async () => await database.CountAsync("bus.outbox") == 0);
        await Eventually.True(() => reader.Of("k").Count >= 1001);
        reader.Of("k").Should().Equal(Enumerable.Range(0, 1001).Select(n => $"{n:D4}"));
    }

    [Fact]
    public async Task A_relay_that_loses_its_database_connection_goes_on()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "terminated");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        await using var relay = await StartAsync(database.ConnectionString, kafka.BootstrapServers);

        for (var n = 0; n < 20; n++)
        {
            await database.WriteAsync(OutboxTable.Insert([.. Enumerable.Range(0, 20).Select(i => Row(topic, $"{i % 3}", $"{n:D3}-{i:D2}"))]));
            relay.Signal.Wake(~0);
            await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%advisory%'");
        }

        await Eventually.True(async () => await database.CountAsync("bus.outbox") == 0);
        await Eventually.True(() => reader.All.Select(record => record.Value).Distinct().Count() == 400);
        foreach (var (key, values) in reader.FirstOccurrences())
            values.Should().BeInAscendingOrder($"key {key} keeps its order");
    }

    private List<ConsumeResult<byte[], byte[]>> ReadPartition(string topic, int partition, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = kafka.BootstrapServers,
            GroupId = "none",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, partition, Offset.Beginning));
        var records = new List<ConsumeResult<byte[], byte[]>>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (records.Count < count)
            records.Add(consumer.Consume(limit.Token));
        return records;
    }
}
