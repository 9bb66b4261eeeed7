using System.Text;
using Todo.Bus.DeadLetters;
using Todo.Bus.Tests.Storage;
using Todo.Testing;

namespace Todo.Bus.Tests.DeadLetters;

public sealed class DeadLetterStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_replayed_letter_goes_to_its_own_consumer_once_and_keeps_its_bytes()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "replay");
        var letters = new DeadLetterStore(database.Source);
        await database.WriteAsync(DeadLetterTable.Insert([Letter("t", "one", 1), Letter("t", "two", 1)]));
        var mine = (await letters.ListAsync(new DeadLetterFilter { Consumer = "one" }, null, 10, default)).Single();

        (await letters.ReplayAsync(new DeadLetterFilter { Ids = [mine.Id] }, "ada", "fixed", default)).Should().Be(1);
        var claimed = await DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "one", 10, default);
        var again = await DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "one", 10, default);
        var others = await DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "two", 10, default);

        claimed.Should().ContainSingle().Which.Should().BeEquivalentTo(new { mine.Id, Partition = 3, Offset = 1L, Key = new byte[] { 0xff, 1 }, Value = new byte[] { 0, 0xfe } });
        again.Should().BeEmpty();
        others.Should().BeEmpty();
        await database.WriteAsync(DeadLetterTable.MarkReplayed([mine.Id]));
        (await letters.ShowAsync(mine.Id, default))!.Letter.Should().BeEquivalentTo(new { State = "replayed", Replays = 1, Attempts = 3 });
    }

    [Fact]
    public async Task A_letter_that_fails_again_waits_again_with_its_history()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "again");
        var letters = new DeadLetterStore(database.Source);
        await database.WriteAsync(DeadLetterTable.Insert([Letter("t", "g", 1)]));
        await letters.ReplayAsync(new DeadLetterFilter(), "ada", null, default);
        await DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "g", 10, default);

        await database.WriteAsync(DeadLetterTable.Insert([Letter("t", "g", 1) with { Error = "still broken" }]));

        var letter = (await letters.ListAsync(new DeadLetterFilter(), null, 10, default)).Should().ContainSingle().Subject;
        letter.Should().BeEquivalentTo(new { State = "waiting", Replays = 1, Attempts = 6, Error = "still broken" });
        await letters.ReplayAsync(new DeadLetterFilter { Ids = [letter.Id] }, "ada", null, default);
        (await DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "g", 10, default)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_claim_of_a_consumer_that_crashed_comes_back()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "crashedclaim");
        await database.WriteAsync(DeadLetterTable.Insert([Letter("t", "g", 1)]));
        await new DeadLetterStore(database.Source).ReplayAsync(new DeadLetterFilter(), "ada", null, default);
        await DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "g", 10, default);

        await database.ExecuteAsync($"update bus.dead_letters set claimed_at = claimed_at - interval '{DeadLetterTable.ClaimTimeout.TotalSeconds + 1} s'");

        (await DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "g", 10, default)).Should().ContainSingle();
    }

    [Fact]
    public async Task Two_consumers_claiming_at_once_never_get_the_same_letter()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "twoclaims");
        await database.WriteAsync(DeadLetterTable.Insert([.. Enumerable.Range(0, 500).Select(n => Letter("t", "g", n))]));
        await new DeadLetterStore(database.Source).ReplayAsync(new DeadLetterFilter(), "ada", null, default);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DeadLetterTable.ClaimReplaysAsync(database.Source, ["t"], "g", 40, default)));

        claims.SelectMany(rows => rows).Select(row => row.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_broker_that_starts_over_does_not_overwrite_older_letters()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "startsover");
        await database.WriteAsync(DeadLetterTable.Insert([Letter("t", "g", 0)]));

        await database.WriteAsync(DeadLetterTable.Insert([Letter("t", "g", 0) with { Value = "another record"u8.ToArray() }]));

        (await database.CountAsync("bus.dead_letters")).Should().Be(2);
    }

    [Fact]
    public async Task Filters_choose_and_pages_follow_each_other()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "filters");
        var letters = new DeadLetterStore(database.Source);
        await database.WriteAsync(DeadLetterTable.Insert(
        [
            .. Enumerable.Range(0, 30).Select(n => Letter(n % 2 == 0 ? "even" : "odd", "g", n) with { Key = Encoding.UTF8.GetBytes($"key {n % 3}"), Reason = n % 5 == 0 ? "unreadable" : "failed" }),
        ]));

        (await letters.ListAsync(new DeadLetterFilter { Topic = "even", Key = "key 0", Reason = "failed" }, null, 100, default))
            .Select(letter => letter.Offset).Should().Equal(24, 18, 12, 6);
        (await letters.ListAsync(new DeadLetterFilter { Error = "no such text" }, null, 100, default)).Should().BeEmpty();
        (await letters.ListAsync(new DeadLetterFilter { Since = DateTimeOffset.UtcNow.AddHours(1) }, null, 100, default)).Should().BeEmpty();
        var first = await letters.ListAsync(new DeadLetterFilter(), null, 20, default);
        var second = await letters.ListAsync(new DeadLetterFilter(), first[^1].Id, 20, default);
        first.Concat(second).Select(letter => letter.Offset).Should().Equal(Enumerable.Range(0, 30).Select(n => 29L - n));
    }

    [Fact]
    public async Task Everything_done_is_kept_with_its_actor_and_a_discard_needs_a_reason()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "trail");
        var letters = new DeadLetterStore(database.Source);
        await database.WriteAsync(DeadLetterTable.Insert([Letter("t", "g", 1), Letter("t", "g", 2)]));

        await letters.ReplayAsync(new DeadLetterFilter { Topic = "t" }, "ada", null, default);
        (await letters.DiscardAsync(new DeadLetterFilter { Topic = "t" }, "grace", "nobody needs it", default)).Should().Be(2);
        (await letters.ReplayAsync(new DeadLetterFilter { Topic = "t" }, "ada", null, default)).Should().Be(0, "a filter that does not name them leaves discarded letters alone");
        var wordless = () => letters.DiscardAsync(new DeadLetterFilter(), "grace", " ", default);

        await wordless.Should().ThrowAsync<ArgumentException>();
        var shown = await letters.ShowAsync(1, default);
        shown!.Letter.State.Should().Be("discarded");
        shown.Actions.Select(action => (action.Action, action.Actor, action.Note)).Should().Equal(("replay", "ada", null), ("discard", "grace", "nobody needs it"));
        (await database.ScalarAsync<string>("select last_actor || ': ' || last_note from ops.dead_letters where id = 1")).Should().Be("grace: nobody needs it");
        (await letters.ShowAsync(77, default)).Should().BeNull();
    }

    internal static DeadLetterRow Letter(string topic, string consumer, long offset) =>
        new(topic, consumer, 3, offset, [0xff, 1], [0, 0xfe], """{"traceparent":"00-a"}""", Guid.NewGuid(), "todo.test.v1", "failed", "It broke.", "at Somewhere()", 3);
}
