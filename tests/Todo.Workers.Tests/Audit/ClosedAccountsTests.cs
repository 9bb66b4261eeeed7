using Todo.Contracts.Account;
using Todo.Contracts.Users;
using Todo.Testing;
using Todo.Workers.Audit;

namespace Todo.Workers.Tests.Audit;

public sealed class ClosedAccountsTests(WorkersProcess workers)
{
    [Fact]
    public async Task The_words_of_who_left_are_forgotten_and_what_happened_is_not()
    {
        var (ana, bert) = (new ATask(), new ATask());
        ana.Having(ana.View with { OwnerId = Guid.CreateVersion7(), Title = "Tell nobody", Notes = "nobody at all" });
        bert.Having(bert.View with { OwnerId = Guid.CreateVersion7(), Title = "Tell everybody" });
        foreach (var task in new[] { ana, bert })
            await workers.SayAsync(task.Id, task.Created());
        await workers.SayAsync(ana.View.OwnerId, new PreferencesChanged(ana.View.OwnerId, "ana@example.org", new Preferences(), DateTimeOffset.UtcNow)); // not for the audit
        await workers.SayAsync(ana.View.OwnerId, new UserDeleted(ana.View.OwnerId, DateTimeOffset.UtcNow));
        await Eventually.Get(() => EntriesOf(ana), found => found.Count == 2);
        await Eventually.Get(() => TracesOf("Tell nobody"), found => found == 3); // the audit, the witness, the saga

        (await ForgetAsync(TimeSpan.FromMinutes(50))).Should().Be(0); // its last facts may still be on their way
        (await ForgetAsync(TimeSpan.FromMinutes(70))).Should().Be(1);
        (await ForgetAsync(TimeSpan.FromMinutes(80))).Should().Be(0);

        (await TracesOf("nobody")).Should().Be(0);
        (await EntriesOf(ana)).Select(row => row["type"]).Should().BeEquivalentTo(["todo.task.created.v1", "todo.user.deleted.v1"]);
        (await TracesOf("Tell everybody")).Should().Be(3);
        (await workers.QueryAsync("select 1 from bus.dead_letters where topic = 'user-events'")).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_older_than_the_audit_is_kept_goes_page_by_page_and_what_is_still_to_happen_stays()
    {
        var owner = Guid.CreateVersion7();
        await workers.QueryAsync("""
            insert into audit.entries (message_id, type, owner_id, occurred_at, recorded_at, topic, partition, "offset", payload)
            select gen_random_uuid(), 'old', $1, now() - interval '900 days', now() - interval '900 days', 't', 0, 0, '{}' from generate_series(1, 3)
            """, owner);
        await workers.QueryAsync("""
            insert into audit.reminder_ledger (task_id, reminder_id, expected_at, owner_id, snoozed, recorded_at, fires, fired_at, cancelled_at, cancelled_because)
            select gen_random_uuid(), gen_random_uuid(), now() - interval '900 days', $1, false, now(), 1, case n when 1 then now() end, case n when 2 then now() end, null
            from generate_series(1, 3) n
            """, owner);

        var removed = await workers.InStorageAsync(db => new OldEntries(db).RemoveAsync(DateTimeOffset.UtcNow.AddDays(-800), CancellationToken.None));

        removed.Should().Be(5);
        (await workers.QueryAsync("select 1 from audit.entries where owner_id = $1", owner)).Should().BeEmpty();
        (await workers.QueryAsync("select 1 from audit.reminder_ledger where owner_id = $1", owner)).Should().ContainSingle();
        await workers.QueryAsync("delete from audit.reminder_ledger where owner_id = $1", owner);
    }

    private Task<int> ForgetAsync(TimeSpan later) =>
        workers.InStorageAsync(db => new ClosedAccounts(db, new TestClock(DateTimeOffset.UtcNow + later)).ForgetAsync(CancellationToken.None));

    private Task<IReadOnlyList<Dictionary<string, object?>>> EntriesOf(ATask task) =>
        workers.QueryAsync("select type from audit.entries where owner_id = $1", task.View.OwnerId);

    private async Task<long> TracesOf(string words) => (long)(await workers.QueryAsync("""
        select (select count(*) from audit.entries e where e::text like '%' || $1 || '%')
             + (select count(*) from audit.tasks t where t::text like '%' || $1 || '%')
             + (select count(*) from sagas.reminders r where r::text like '%' || $1 || '%') as n
        """, words))[0]["n"]!;
}
