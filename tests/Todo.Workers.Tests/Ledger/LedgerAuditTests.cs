using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;
using Todo.Workers.Ledger;

namespace Todo.Workers.Tests.Ledger;

public sealed class LedgerAuditTests(WorkersProcess workers)
{
    [Fact]
    public async Task A_task_without_its_saga_gets_one_again()
    {
        var task = await WatchedAsync();
        await workers.QueryAsync("delete from sagas.reminders where task_id = $1", task.Id);

        (await AuditAsync()).Findings[1].Ids.Should().Contain(task.Id);

        await Eventually.Get(() => SagaOf(task), row => row is not null && (string)row["state"]! == "Watching");
        await Eventually.Get(() => TimersOf(task), rows => rows.Count == 2); // the old one comes back to nobody
    }

    [Fact]
    public async Task A_saga_without_its_timer_gets_one_again()
    {
        var task = await WatchedAsync();
        await workers.QueryAsync("delete from bus.timers where saga_id = $1", task.Id);
        await workers.QueryAsync("update sagas.reminders set updated_at = now() - interval '5 minutes' where task_id = $1", task.Id);

        (await AuditAsync()).Findings[2].Ids.Should().Contain(task.Id);

        var timer = (await Eventually.Get(() => TimersOf(task), rows => rows.Count == 1))[0];
        var saga = await SagaOf(task);
        timer["token"].Should().Be(saga!["timer"]);
        timer["due_at"].Should().Be(saga["waits_until"]);
    }

    [Fact]
    public async Task A_timer_nobody_waits_for_is_named()
    {
        var task = await WatchedAsync();
        await workers.QueryAsync("update sagas.reminders set timer_token = gen_random_uuid() where task_id = $1", task.Id);
        await workers.QueryAsync("update bus.timers set created_at = now() - interval '5 minutes' where saga_id = $1", task.Id);

        (await AuditAsync()).Findings[3].Ids.Should().Contain(task.Id);
    }

    [Fact]
    public async Task A_reminder_that_fired_and_was_not_delivered_is_delivered_once()
    {
        var task = new ATask(Now(0)).RemindAt(Now(1));
        await workers.SayAsync(task.Id, task.Created());
        await Eventually.Get(() => LedgerOf(task), row => row?["fired_at"] is not null && row["channels"] is not null);
        await workers.QueryAsync("delete from notify.deliveries where task_id = $1", task.Id);
        await workers.QueryAsync("""
            update audit.reminder_ledger set expected_at = expected_at - interval '5 minutes', fired_at = fired_at - interval '5 minutes',
                   recorded_at = recorded_at - interval '5 minutes' where task_id = $1
            """, task.Id);

        (await AuditAsync()).Findings[4].Ids.Should().Contain(task.Id);

        var row = await Eventually.Get(() => LedgerOf(task), found => found?["channels"] is not null);
        row!["fires"].Should().Be(1);
        row["duplicated"].Should().Be(false);
    }

    [Fact]
    public async Task A_reminder_fired_just_now_is_not_said_again_however_late_it_is()
    {
        var task = new ATask(Now(0)).RemindAt(Now(1));
        await workers.SayAsync(task.Id, task.Created());
        await Eventually.Get(() => LedgerOf(task), row => row?["fired_at"] is not null && row["channels"] is not null);

        // As after a downtime: due long ago, fired by the saga, and still on its way to the others.
        await workers.QueryAsync("delete from notify.deliveries where task_id = $1", task.Id);
        await workers.QueryAsync("update audit.reminder_ledger set expected_at = expected_at - interval '5 minutes', fired_at = null, recorded_at = recorded_at - interval '5 minutes' where task_id = $1", task.Id);
        await workers.QueryAsync("update sagas.reminders s set plan = jsonb_set(plan, '{fired,0,at}', to_jsonb(l.expected_at)) from audit.reminder_ledger l where l.task_id = s.task_id and s.task_id = $1", task.Id);
        (await SaidAgainAsync()).Should().NotContain(task.Id);

        await workers.QueryAsync("update sagas.reminders set updated_at = now() - interval '5 minutes' where task_id = $1", task.Id);
        (await SaidAgainAsync()).Should().Contain(task.Id);

        async Task<IReadOnlyList<Guid>> SaidAgainAsync() => (await AuditAsync()).Findings[4].Ids;
    }

    [Fact]
    public async Task A_reminder_whose_time_passed_in_silence_counts_as_missed()
    {
        var task = await WatchedAsync();
        var before = (await AuditAsync()).Missed;
        await workers.QueryAsync("update audit.reminder_ledger set expected_at = now() - interval '1 hour' where task_id = $1", task.Id);

        (await AuditAsync()).Missed.Should().Be(before + 1);

        await workers.QueryAsync("delete from audit.reminder_ledger where task_id = $1", task.Id);
    }

    [Fact]
    public async Task A_series_that_did_not_hear_of_an_undo_is_told_and_a_second_live_task_is_asked_back()
    {
        var first = new ATask(Now(-60)).Due("2026-11-23").Repeating("FREQ=DAILY");
        var second = new ATask(Now(-60)).Due("2026-11-24").Repeating("FREQ=DAILY");
        second.Having(second.View with { SeriesId = first.Id, Occurrence = 2 });
        await workers.SayAsync(first.Id, first.Created());
        await Eventually.Get(() => workers.QueryAsync("select 1 from sagas.recurrences where series_id = $1", first.Id), rows => rows.Count == 1);
        await workers.SayAsync(second.Id, second.Created());
        foreach (var task in (ATask[])[first, second])
            await Eventually.Get(() => workers.QueryAsync("update audit.tasks set heard_at = now() - interval '5 minutes' where task_id = $1 returning 1", task.Id), rows => rows.Count == 1);
        var heard = await AuditAsync();
        heard.Findings[6].Ids.Should().NotContain(first.Id);
        heard.Findings[7].Ids.Should().Contain(second.Id).And.NotContain(first.Id);

        await workers.QueryAsync("update sagas.recurrences set occurrence = 2, live = jsonb_set(live, '{taskId}', to_jsonb($2)) where series_id = $1", first.Id, second.Id);

        (await AuditAsync()).Findings[6].Ids.Should().Contain(first.Id);
    }

    private async Task<ATask> WatchedAsync()
    {
        var task = new ATask(Now(0)).RemindAt(Now(86_400));
        await workers.SayAsync(task.Id, task.Created());
        await Eventually.Get(() => SagaOf(task), row => row is not null);
        await Eventually.Get(() => LedgerOf(task), row => row is not null);
        await workers.QueryAsync("update audit.tasks set heard_at = now() - interval '5 minutes' where task_id = $1", task.Id);
        return task;
    }

    private async Task<AuditReport> AuditAsync()
    {
        await using var scope = workers.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LedgerAudit>().RunAsync(CancellationToken.None);
    }

    private async Task<Dictionary<string, object?>?> SagaOf(ATask task) =>
        (await workers.QueryAsync("select * from ops.sagas where saga_id = $1", task.Id)).SingleOrDefault();

    private async Task<Dictionary<string, object?>?> LedgerOf(ATask task) =>
        (await workers.QueryAsync("select * from ops.reminder_ledger where task_id = $1", task.Id)).SingleOrDefault();

    private Task<IReadOnlyList<Dictionary<string, object?>>> TimersOf(ATask task) =>
        workers.QueryAsync("select * from ops.timers where saga_id = $1", task.Id);

    private static string Now(int seconds) => DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("O", null);
}
