using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Robustness;

/// <summary>`./todo audit`, as somebody types it: finds what was broken by hand, repairs it, and says so by its exit code.</summary>
public sealed class AuditCommandTests(RunningSystem system)
{
    [Fact]
    public async Task What_is_broken_is_found_repaired_and_then_found_no_more()
    {
        using var person = await Person.SignUpAsync(system);
        var withoutSaga = await person.CreateWithReminderAsync("Its saga is lost", TimeSpan.FromDays(1));
        var withoutTimer = await person.CreateWithReminderAsync("Its timer is lost", TimeSpan.FromDays(1));
        var gone = await person.CreateWithReminderAsync("The task itself is lost", TimeSpan.FromDays(1));
        var withoutSeries = await RepeatingAsync(person, "Its series is lost");
        var withoutNext = await RepeatingAsync(person, "Its next occurrence is lost");
        await person.CompleteAsync(withoutNext);
        var next = (await Eventually.Get(person.OpenAsync, open => open.Any(task => task.SeriesId == withoutNext.TaskId && task.Occurrence == 2))).Single(task => task.SeriesId == withoutNext.TaskId);
        await SettledAsync(withoutSaga, withoutTimer, gone, withoutSeries, next);
        await NoOtherAuditAsync();

        await system.QueryAsync("delete from sagas.reminders where task_id = $1", withoutSaga.TaskId);
        await system.QueryAsync("delete from bus.timers where saga_id = $1", withoutTimer.TaskId);
        await system.QueryAsync("delete from tasks.tasks where task_id = any($1)", new[] { gone.TaskId, next.TaskId });
        await system.QueryAsync("delete from sagas.recurrences where series_id = $1", withoutSeries.TaskId);
        await system.QueryAsync("delete from audit.tasks where task_id = $1", next.TaskId);
        await system.QueryAsync("""update sagas.recurrences set live = jsonb_set(live, '{version}', '0') where series_id = $1""", withoutNext.TaskId);
        await LongAgoAsync();

        var (code, said) = await system.RunToolAsync("audit");
        code.Should().Be(1, said);
        said.Should().MatchRegex("found +1 sagas without their timer").And.MatchRegex("found +1 sagas and timers whose task is gone")
            .And.MatchRegex("found +1 repeating tasks without their series").And.MatchRegex("found +1 next occurrences that never came")
            .And.Contain("tasks without their saga").And.Contain(withoutSaga.TaskId.ToString()).And.Contain("ok      0 reminders missed");

        await Eventually.Get(() => SagaAsync(withoutSaga), state => state == "Watching");
        await Eventually.Get(() => SagaAsync(withoutSeries), state => state == "Running");
        await Eventually.Get(() => SagaAsync(gone), state => state == "Closed");
        await Eventually.Get(() => person.ReadAsync(next.TaskId), task => task.Due == next.Due);
        await LongAgoAsync();
        var again = await Eventually.Get(() => system.RunToolAsync("audit"), answer => answer.Code == 0, TimeSpan.FromMinutes(1));
        again.Said.Should().NotContain("found").And.NotContain("MISSED");
    }

    [Fact]
    public async Task A_missed_reminder_makes_the_audit_fail()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await person.CreateWithReminderAsync("Missed", TimeSpan.FromDays(1));
        await SettledAsync(task);
        await system.QueryAsync("update audit.reminder_ledger set expected_at = now() - interval '1 hour' where task_id = $1", task.TaskId);

        var (code, said) = await system.RunToolAsync("audit");

        await system.QueryAsync("delete from audit.reminder_ledger where task_id = $1", task.TaskId);
        code.Should().Be(1);
        said.Should().Contain("MISSED  1 reminders missed");
    }

    private static Task<TaskView> RepeatingAsync(Person person, string title) => person.CreateAsync(new()
    {
        Title = title,
        Due = new Due(DateOnly.FromDateTime(DateTime.UtcNow)),
        Recurrence = new RecurrenceRule("daily"),
    });

    /// <summary>The one that the Workers run half a minute after their start is over: it would repair what is broken here before we ask.</summary>
    private async Task NoOtherAuditAsync() => await Eventually.Get(
        () => system.QueryAsync("select id, statename from clock.job where invocationdata::text like '%AuditLedgerJob%' and statename not in ('Succeeded', 'Failed', 'Deleted')"),
        rows => rows.Count == 0, TimeSpan.FromMinutes(2));

    /// <summary>Sagas and witness have heard of them.</summary>
    private async Task SettledAsync(params TaskView[] tasks) => await Eventually.Get(
        () => system.QueryAsync("""
            select w.task_id from audit.tasks w
            where w.task_id = any($1) and exists (select 1 from sagas.reminders s where s.task_id = w.task_id and s.version >= w.version)
              and (w.task ->> 'seriesId' is null or exists (
                   select 1 from sagas.recurrences r where r.live ->> 'taskId' = w.task_id::text and (r.live ->> 'version')::bigint >= w.version))
            """, tasks.Select(task => task.TaskId).ToArray()),
        rows => rows.Count == tasks.Length, TimeSpan.FromMinutes(1));

    /// <summary>The audit leaves alone what is younger than a minute.</summary>
    private async Task LongAgoAsync()
    {
        await system.QueryAsync("update sagas.reminders set updated_at = updated_at - interval '2 minutes', timer_at = timer_at");
        await system.QueryAsync("update sagas.recurrences set updated_at = updated_at - interval '2 minutes'");
        await system.QueryAsync("update audit.tasks set heard_at = heard_at - interval '2 minutes'");
    }

    private async Task<string?> SagaAsync(TaskView task) =>
        (string?)(await system.QueryAsync("select state from ops.sagas where saga_id = $1 and kind = $2", task.TaskId, task.Recurrence is null ? "reminder" : "recurrence"))
            .SingleOrDefault()?["state"];
}
