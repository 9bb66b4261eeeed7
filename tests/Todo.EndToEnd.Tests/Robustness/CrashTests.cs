using Todo.Testing;

namespace Todo.EndToEnd.Tests.Robustness;

/// <summary>What must hold when things end badly: every reminder fires, and fires once.</summary>
public sealed class CrashTests(RunningSystem system)
{
    [Fact]
    public async Task Workers_killed_while_a_reminder_is_pending_still_fire_it_once()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await person.CreateWithReminderAsync("Feed the cat", TimeSpan.FromSeconds(8));
        await PendingAsync(task.TaskId);

        system.KillWorkers();

        await FiredOnceAsync(person, task.TaskId);
    }

    [Fact]
    public async Task A_reminder_that_falls_due_while_everything_is_stopped_fires_once_and_says_that_it_is_late()
    {
        using var person = await Person.SignUpAsync(system);
        var dueIn = TimeSpan.FromSeconds(15);
        var dueAt = DateTimeOffset.UtcNow + dueIn;
        var task = await person.CreateWithReminderAsync("Take out the bins", dueIn);
        await PendingAsync(task.TaskId);

        var processes = await system.ProcessesAsync();
        var took = await system.StopAsync();
        var stoppedAt = DateTimeOffset.UtcNow;
        var leftBehind = ProcessTable.Read().StillThere(processes);
        await Eventually.True(() => DateTimeOffset.UtcNow > dueAt.AddSeconds(11), TimeSpan.FromMinutes(1)); // what a person would call late
        await system.StartAsync();

        took.Should().BeLessThan(TimeSpan.FromSeconds(10));
        leftBehind.Should().BeEmpty();
        stoppedAt.Should().BeBefore(dueAt, "otherwise this test would show nothing");
        using var again = await person.ComeBackAsync(system);
        var notification = await FiredOnceAsync(again, task.TaskId);
        notification.Late.Should().BeTrue();
    }

    [Fact]
    public async Task Workers_killed_again_and_again_around_due_moments_miss_nothing_and_repeat_nothing()
    {
        const int reminders = 60;
        using var person = await Person.SignUpAsync(system);
        var random = new Random(4);
        var start = DateTimeOffset.UtcNow.AddSeconds(8);
        var tasks = new List<Guid>();
        for (var i = 0; i < reminders; i++)
            tasks.Add((await person.CreateWithReminderAsync($"Reminder {i}", start.AddMilliseconds(random.Next(12_000)) - DateTimeOffset.UtcNow)).TaskId);

        // Dead at some moments while they come due, and alive at others: never for long, so that it also dies while it catches up.
        for (var kill = 0; kill < 3; kill++)
        {
            var moment = start.AddMilliseconds((kill * 4_000) + random.Next(3_000));
            await Eventually.True(() => DateTimeOffset.UtcNow >= moment, TimeSpan.FromMinutes(1));
            await Eventually.True(KillsAsync, TimeSpan.FromMinutes(1));
        }

        var ledger = await Eventually.Get(
            () => system.QueryAsync("select state, fires, missed, duplicated, expected_at from ops.reminder_ledger where task_id = any($1)", tasks.ToArray()),
            rows => rows.Count(row => (string?)row["state"] == "fired") == reminders, TimeSpan.FromMinutes(2));
        ledger.Should().HaveCount(reminders).And.OnlyContain(row => (int)row["fires"]! == 1 && !(bool)row["missed"]! && !(bool)row["duplicated"]!);
        var bell = await Eventually.Get(
            () => system.QueryAsync("select task_id from tasks.notifications where task_id = any($1)", tasks.ToArray()), rows => rows.Count >= reminders, TimeSpan.FromMinutes(1));
        bell.Select(row => row["task_id"]).Should().OnlyHaveUniqueItems().And.HaveCount(reminders);
    }

    /// <summary>False while it is dead anyway.</summary>
    private Task<bool> KillsAsync()
    {
        try
        {
            system.KillWorkers();
            return Task.FromResult(true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or FormatException)
        {
            return Task.FromResult(false);
        }
    }

    /// <summary>The reminder saga has heard of the task and its timer is committed.</summary>
    private async Task PendingAsync(Guid taskId) =>
        await Eventually.Get(
            () => system.QueryAsync("select state, timer from ops.sagas where saga_id = $1", taskId),
            rows => rows is [var row] && (string?)row["state"] == "Watching",
            TimeSpan.FromSeconds(30));

    private async Task<Contracts.Notifications.NotificationView> FiredOnceAsync(Person person, Guid taskId)
    {
        var ledger = await Eventually.Get(
            () => system.QueryAsync("select state, fires, delivered_at, missed, duplicated from ops.reminder_ledger where task_id = $1", taskId),
            rows => rows is [var row] && row["delivered_at"] is not null && (string?)row["state"] == "fired",
            TimeSpan.FromMinutes(2));

        ledger.Should().ContainSingle().Which.Should().Contain(new Dictionary<string, object?> { ["state"] = "fired", ["fires"] = 1, ["missed"] = false, ["duplicated"] = false });
        var deliveries = await system.QueryAsync("select channel from ops.notifications where task_id = $1", taskId);
        deliveries.Select(delivery => delivery["channel"]).Should().OnlyHaveUniqueItems();
        var bell = await Eventually.Get(person.NotificationsAsync, all => all.Any(notification => notification.TaskId == taskId), TimeSpan.FromMinutes(1));
        return bell.Should().ContainSingle(notification => notification.TaskId == taskId).Subject;
    }
}
