using Todo.Bus.Outbox;
using Todo.Bus.Tests.Storage;
using Todo.Testing;

namespace Todo.Bus.Tests.Outbox;

public sealed class OutboxCommandTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_night_shift_sees_sends_again_and_gives_up_what_Kafka_refuses()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "outbox_command");
        await database.WriteAsync(OutboxTable.Insert([Row("orders", "a", "1"), Row("orders", "a", "2"), Row("orders", "b", "3"), Row("orders", "c", "4"), Row("orders", "d", "5")]));
        // Kafka refused 1 and 3 and 4; 2 waits behind 1, and 5 is on its way.
        await database.ExecuteAsync("update bus.outbox set failed_at = clock_timestamp(), attempts = 1, last_error = 'MsgSizeTooLarge: too big' where id < 5");

        await SaysAsync(database, 0, "*     4 *refused*→ orders*order.paid.v1*key c*MsgSizeTooLarge*", "list");
        await SaysAsync(database, 0, "     5 *waiting*key d*", "list", "--state", "waiting");
        await SaysAsync(database, 0, "1 sent again.*", "retry", "1", "--actor", "ada");
        (await database.ScalarAsync<string>("select string_agg(id::text, ',' order by id) from ops.outbox where state = 'waiting'")).Should().Be("1,2,5", "what waits behind a record goes with it");
        await SaysAsync(database, 0, "1 discarded.*", "discard", "--all", "--key", "c", "--note", "nobody wants it");
        await SaysAsync(database, 1, "None.*", "list", "--key", "c");
        await SaysAsync(database, 1, "0 sent again.*", "retry", "4");
        await SaysAsync(database, 1, "0 discarded.*", "discard", "5", "--note", "it is on its way, so it stays");
        await SaysAsync(database, 0, "*\"id\": 3*", "list", "--json");
        (await database.ScalarAsync<string>("select string_agg(action || ' ' || value, ',' order by id) from ops.outbox_actions")).Should().Be("retry 1,discard 4");
        (await database.CountAsync("ops.outbox_actions", "actor = 'ada'")).Should().Be(1);
    }

    [Fact]
    public async Task What_waits_behind_a_discarded_record_goes_on()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "outbox_behind");
        await database.WriteAsync(OutboxTable.Insert([Row("orders", "a", "1"), Row("orders", "a", "2"), Row("orders", null, "3"), Row("orders", null, "4")]));
        await database.ExecuteAsync("update bus.outbox set failed_at = clock_timestamp(), attempts = 1, last_error = 'MsgSizeTooLarge'");

        await SaysAsync(database, 0, "2 discarded.*", "discard", "1", "3", "--note", "too big for ever");

        (await database.ScalarAsync<string>("select string_agg(id || ' ' || state, ',' order by id) from ops.outbox")).Should().Be("2 waiting,4 refused", "records without a key do not wait for each other");
    }

    [Fact]
    public async Task Messages_of_the_bus_are_sent_again_and_given_up_as_well()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "outbox_bus");
        await database.WriteAsync(BusMessageTable.Insert([.. Enumerable.Range(1, 2).Select(n => new BusMessage("app", "loopback://localhost/nowhere", Guid.NewGuid(), "urn:message:Order", "application/json", $"{n}", "{}"))]));
        await database.ExecuteAsync("update bus.messages set failed_at = clock_timestamp(), attempts = 5, last_error = 'nobody there'");

        await SaysAsync(database, 1, "None.*", "list");
        await SaysAsync(database, 0, "*     1 *refused*→ loopback://localhost/nowhere*nobody there*", "list", "--bus");
        await SaysAsync(database, 0, "1 sent again.*", "retry", "1", "--bus");
        await SaysAsync(database, 0, "1 discarded.*", "discard", "--all", "--bus", "--note", "not needed");

        (await database.CountAsync("bus.messages", "id = 1 and failed_at is null and attempts = 0")).Should().Be(1);
        (await database.CountAsync("bus.messages")).Should().Be(1);
        (await database.ScalarAsync<string>("select string_agg(action || ' ' || value, ',' order by id) from ops.outbox_actions")).Should().Be("retry 1,discard 2");
    }

    [Theory]
    [InlineData("Say which", "retry")]
    [InlineData("Say which", "discard", "--topic", "orders", "--note", "n")]
    [InlineData("needs a reason", "discard", "--all")]
    [InlineData("leave by themselves", "discard", "--all", "--state", "waiting", "--note", "n")]
    [InlineData("no consumer", "list", "--consumer", "g")]
    [InlineData("Not understood: outbox sing", "sing")]
    [InlineData("no state 'gone'", "list", "--state", "gone")]
    public async Task Words_that_are_not_understood_change_nothing_and_say_why(string says, params string[] words)
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "outbox_words");
        await database.WriteAsync(OutboxTable.Insert([Row("orders", "a", "1")]));

        var (code, text) = await RunAsync(database, words);

        code.Should().Be(2);
        text.Should().Contain(says);
        (await database.CountAsync("bus.outbox")).Should().Be(1);
    }

    private static OutboxRow Row(string topic, string? key, string value) => new(
        topic, null, key is null ? null : System.Text.Encoding.UTF8.GetBytes(key), System.Text.Encoding.UTF8.GetBytes(value), "{}", Guid.NewGuid(), "order.paid.v1");

    private static async Task SaysAsync(BusDatabase database, int code, string pattern, params string[] words)
    {
        var (answered, text) = await RunAsync(database, words);
        answered.Should().Be(code, text);
        text.Should().Match(pattern);
    }

    private static async Task<(int Code, string Text)> RunAsync(BusDatabase database, params string[] words)
    {
        using var output = new StringWriter();
        var code = await OutboxCommand.RunAsync(words, database.ConnectionString, output, output);
        return (code, output.ToString());
    }
}
