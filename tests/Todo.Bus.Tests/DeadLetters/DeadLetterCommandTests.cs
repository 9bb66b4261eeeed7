using Todo.Bus.DeadLetters;
using Todo.Bus.Tests.Storage;
using Todo.Testing;

namespace Todo.Bus.Tests.DeadLetters;

public sealed class DeadLetterCommandTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_night_shift_finds_reads_replays_and_discards_letters()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "command");
        await database.WriteAsync(DeadLetterTable.Insert([.. Enumerable.Range(1, 3).Select(n => DeadLetterStoreTests.Letter("task-events", "audit", n))]));

        await SaysAsync(database, 0, "*     3  *task-events/3@3 → audit*It broke.*", "list", "--topic", "task-events");
        await SaysAsync(database, 0, "*It broke.*attempts  3*at Somewhere()*", "show", "1");
        await SaysAsync(database, 0, "2 sent back*", "replay", "1", "2", "--actor", "ada");
        await SaysAsync(database, 0, "1 discarded*", "discard", "--all", "--consumer", "audit", "--state", "waiting", "--note", "old news");
        await SaysAsync(database, 1, "None.*", "list");
        await SaysAsync(database, 0, "*\"id\": 2*", "list", "--state", "replaying", "--json");
        (await database.CountAsync("bus.dead_letter_actions", "actor = 'ada'")).Should().Be(2);
    }

    [Theory]
    [InlineData("Say which", "replay")]
    [InlineData("Say which", "discard", "--topic", "t", "--note", "n")]
    [InlineData("needs a reason", "discard", "--all")]
    [InlineData("Not understood: --frobnicate", "list", "--frobnicate", "1")]
    [InlineData("Not understood: dead-letters sing", "sing")]
    [InlineData("no state 'gone'", "list", "--state", "gone")]
    public async Task Words_that_are_not_understood_change_nothing_and_say_why(string says, params string[] words)
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "words");
        await database.WriteAsync(DeadLetterTable.Insert([DeadLetterStoreTests.Letter("t", "g", 1)]));

        var (code, text) = await RunAsync(database, words);

        code.Should().Be(2);
        text.Should().Contain(says);
        (await database.CountAsync("bus.dead_letters", "state = 'waiting'")).Should().Be(1);
    }

    private static async Task SaysAsync(BusDatabase database, int code, string pattern, params string[] words)
    {
        var (answered, text) = await RunAsync(database, words);
        answered.Should().Be(code, text);
        text.Should().Match(pattern);
    }

    private static async Task<(int Code, string Text)> RunAsync(BusDatabase database, params string[] words)
    {
        using var output = new StringWriter();
        var code = await DeadLetterCommand.RunAsync(words, database.ConnectionString, output, output);
        return (code, output.ToString());
    }
}
