using Todo.Testing;

namespace Todo.Workers.Tests.Reminders;

/// <summary>From a fact on the topic to the saga's row, its timer.</summary>
public sealed class ReminderProcessTests(WorkersProcess workers)
{
    [Fact]
    public async Task A_task_with_a_reminder_has_a_saga_a_timer_and_a_line_in_the_ledger()
    {
        var task = new ATask(Now(0)).RemindAt(Now(3600));
        await workers.SayAsync(task.Id, task.Created());

        var saga = await Eventually.Get(() => One("select * from ops.sagas where saga_id = $1", task.Id), row => row is not null);
        saga!["state"].Should().Be("Watching");
        var timer = await Eventually.Get(() => One("select * from ops.timers where token = $1", saga["timer"]!), row => row is not null);
        timer!["topic"].Should().Be("task-timers");
        var ledger = await Eventually.Get(() => One("select * from ops.reminder_ledger where task_id = $1", task.Id), row => row is not null);
        ledger!["state"].Should().Be("pending");

        await workers.SayAsync(task.Id, task.Completed());
        await Eventually.Get(() => One("select * from ops.timers where token = $1", saga["timer"]!), row => row is null);
        var cancelled = await Eventually.Get(() => One("select * from ops.reminder_ledger where task_id = $1", task.Id), row => (string)row!["state"]! == "cancelled");
        cancelled!["cancelled_because"].Should().Be("completed");
    }

    private async Task<Dictionary<string, object?>?> One(string sql, object value) => (await workers.QueryAsync(sql, value)).SingleOrDefault();

    private static string Now(int seconds) => DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("O", null);
}
