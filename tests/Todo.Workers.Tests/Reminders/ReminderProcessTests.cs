using Todo.Contracts.Account;
using Todo.Contracts.Users;
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

    [Fact]
    public async Task A_due_reminder_reaches_the_app_and_the_mailbox_once()
    {
        var (user, address) = (Guid.CreateVersion7(), $"{Guid.NewGuid():N}@example.org");
        await workers.SayAsync(user, new PreferencesChanged(user, address, new Preferences { Zone = "Europe/Berlin" }, DateTimeOffset.UtcNow));
        await Eventually.Get(() => One("select * from notify.recipients where user_id = $1", user), row => row is not null);
        var task = new ATask(Now(0)).Having(new ATask().View with { OwnerId = user, Title = "Buy <b>milk</b>\r\nBcc: all@example.org" }).RemindAt(Now(1));
        await workers.SayAsync(task.Id, task.Created() with { OwnerId = user });

        var entry = await Eventually.Get(
            () => One("select * from ops.reminder_ledger where task_id = $1", task.Id),
            row => row is not null && (string)row["state"]! == "fired" && ((string?)row["channels"] ?? "").Contains("\"email\": \"delivered\""),
            TimeSpan.FromSeconds(30));
        entry!["fires"].Should().Be(1);
        entry["channels"].Should().Be("""{"email": "delivered", "in-app": "delivered"}""");
        var mail = workers.Mail.To(address).Should().ContainSingle().Subject;
        mail.Subject.Should().Be("Buy <b>milk</b>  Bcc: all@example.org");
        mail.Bcc.Count.Should().Be(0);
        mail.HtmlBody.Should().Contain("Buy &lt;b&gt;milk&lt;/b&gt;").And.NotContain("<b>milk");
        mail.Headers["List-Unsubscribe-Post"].Should().Be("List-Unsubscribe=One-Click");
    }

    private async Task<Dictionary<string, object?>?> One(string sql, object value) => (await workers.QueryAsync(sql, value)).SingleOrDefault();

    private static string Now(int seconds) => DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("O", null);
}
