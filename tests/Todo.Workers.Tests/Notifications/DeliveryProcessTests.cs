using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Todo.Contracts.Account;
using Todo.Contracts.Reminders;
using Todo.Contracts.Users;
using Todo.Testing;
using Todo.Workers.Notifications;

namespace Todo.Workers.Tests.Notifications;

/// <summary>Reminders that came due, on their way to one user.</summary>
public sealed class DeliveryProcessTests(WorkersProcess workers)
{
    [Fact]
    public async Task A_reminder_said_again_is_delivered_once()
    {
        var (user, address) = await UserAsync();
        var due = Due(user, TimeSpan.Zero);

        for (var i = 0; i < 3; i++)
            await workers.SayAsync(due.TaskId, due with { FiredAt = due.FiredAt.AddSeconds(i) });
        // The next one on the key is handled after all repetitions.
        await workers.SayAsync(due.TaskId, Due(user, TimeSpan.Zero) with { TaskId = due.TaskId, Title = "Another" });
        await Eventually.Get(async () => (Mails(address), await DeliveriesOf(user)), seen => seen.Item1.Contains("Another"));

        (await DeliveriesOf(user)).Count(row => (Guid)row["reminder_id"]! == due.ReminderId).Should().Be(2); // app and mail
        Mails(address).Split(due.Title).Length.Should().Be(2);
    }

    [Fact]
    public async Task A_late_reminder_says_when_it_was_due()
    {
        var (user, address) = await UserAsync("Europe/Berlin");
        var due = Due(user, TimeSpan.FromHours(3));

        await workers.SayAsync(due.TaskId, due);
        await Eventually.True(() => workers.Mail.To(address).Count == 1);

        var berlin = TimeZoneInfo.ConvertTime(due.ExpectedAt, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Mails(address).Should().Contain($"was due at {berlin:HH:mm}");
    }

    private Task RemindAsync(ReminderDue due) => workers.SayAsync(due.TaskId, due);

    [Fact]
    public async Task What_a_long_downtime_made_old_becomes_one_summary()
    {
        var (user, address) = await UserAsync();
        for (var i = 0; i < 5; i++)
        {
            var due = Due(user, TimeSpan.FromHours(30 + i));
            await workers.SayAsync(due.TaskId, due);
        }

        var rows = await Eventually.Get(() => DeliveriesOf(user), found => found.Count(row => (string)row["state"]! == "folded") == 10, TimeSpan.FromSeconds(30));

        rows.Should().ContainSingle(row => (string)row["kind"]! == "reminders-missed")
            .Which["title"].Should().Be("You missed 5 reminders");
        workers.Mail.To(address).Should().BeEmpty();
    }

    [Fact]
    public async Task A_mail_that_cannot_go_is_tried_again_and_given_up_in_the_open()
    {
        var (user, address) = await UserAsync();
        workers.Mail.Refused[address] = true;
        var due = Due(user, TimeSpan.Zero);
        await workers.SayAsync(due.TaskId, due);

        var waiting = await Eventually.Get(() => MailRow(user), row => row?["last_error"] is not null);
        waiting!["state"].Should().Be("waiting");
        for (var attempt = 2; attempt <= 9; attempt++)
        {
            await workers.QueryAsync("update notify.deliveries set next_attempt_at = now() where user_id = $1 and channel = 'email'", user);
            await Eventually.Get(() => MailRow(user), row => (int)row!["attempts"]! == attempt && (string)row["state"]! != "sending");
        }

        var given = await MailRow(user);
        given!["state"].Should().Be("failed");
        given["next_attempt_at"].Should().BeNull();
        (await DeliveriesOf(user)).Should().ContainSingle(row => (string)row["kind"]! == "delivery-failed")
            .Which["title"].Should().Be("A mail to you could not be sent: not now");
    }

    [Fact]
    public async Task A_test_that_fails_says_so_in_the_app_at_once()
    {
        var (user, address) = await UserAsync();
        workers.Mail.Refused[address] = true;

        await workers.SayAsync(user, new TestNotificationRequested(user, Guid.CreateVersion7(), DateTimeOffset.UtcNow));

        var notice = await Eventually.Get(() => DeliveriesOf(user), rows => rows.Any(row => (string)row["kind"]! == "delivery-failed"));
        notice.Should().ContainSingle(row => (string)row["channel"]! == "email").Which["attempts"].Should().Be(1);
    }

    [Fact]
    public async Task Quiet_hours_hold_mails_and_send_them_as_one_while_an_urgent_one_passes()
    {
        var (user, address) = await UserAsync(quiet: true);
        foreach (var title in (string[])["One", "Two", "Three"])
            await RemindAsync(Due(user, TimeSpan.Zero) with { Title = title });
        await Eventually.Get(() => DeliveriesOf(user), rows => rows.Count(row => (string)row["state"]! == "held") == 3);

        await RemindAsync(Due(user, TimeSpan.Zero) with { Title = "Fire", Urgent = true });
        await Eventually.True(() => workers.Mail.To(address).Count == 1);
        workers.Mail.To(address)[0].Subject.Should().Be("Fire");

        await PreferAsync(user, address, new Preferences());
        await workers.QueryAsync("update notify.deliveries set next_attempt_at = now() where user_id = $1 and state = 'Held'", user);
        await Eventually.True(() => workers.Mail.To(address).Count == 2);
        workers.Mail.To(address)[1].Subject.Should().Be("3 reminders");
        workers.Mail.To(address)[1].TextBody.Should().Contain("One").And.Contain("Two").And.Contain("Three");
    }

    [Fact]
    public async Task A_closed_task_takes_back_what_waited_and_what_rang()
    {
        var (user, address) = await UserAsync(quiet: true);
        var task = new ATask();
        await workers.SayAsync(task.Id, Due(user, TimeSpan.Zero) with { TaskId = task.Id });
        await Eventually.Get(() => MailRow(user), row => (string?)row?["state"] == "held");

        var done = task.At(DateTimeOffset.UtcNow.ToString("O", null)).Completed() with { OwnerId = user };
        await workers.SayAsync(task.Id, done);

        await Eventually.Get(() => MailRow(user), row => (string)row!["state"]! == "withdrawn");
        await Eventually.Get(
            () => workers.QueryAsync("select 1 from ops.audit where type = 'todo.notification.dismissed.v1' and owner_id = $1", user), rows => rows.Count == 1);
        workers.Mail.To(address).Should().BeEmpty();

        await workers.SayAsync(task.Id, task.Reopened() with { OwnerId = user });

        var held = await Eventually.Get(() => MailRow(user), row => (string)row!["state"]! == "held");
        held!["next_attempt_at"].Should().NotBeNull("quiet hours are not over");
    }

    [Fact]
    public async Task A_mail_that_was_to_be_tried_again_is_tried_when_its_task_is_opened_again()
    {
        var (user, address) = await UserAsync();
        workers.Mail.Refused[address] = true;
        var task = new ATask();
        await workers.SayAsync(task.Id, Due(user, TimeSpan.Zero) with { TaskId = task.Id });
        await Eventually.Get(() => MailRow(user), row => row?["last_error"] is not null);
        await workers.SayAsync(task.Id, task.At(DateTimeOffset.UtcNow.ToString("O", null)).Completed() with { OwnerId = user });
        await Eventually.Get(() => MailRow(user), row => (string)row!["state"]! == "withdrawn");
        workers.Mail.Refused.TryRemove(address, out _);

        await workers.SayAsync(task.Id, task.Reopened() with { OwnerId = user });

        await Eventually.True(() => workers.Mail.To(address).Count == 1);
    }

    [Fact]
    public async Task Kinds_of_notifications_travel_their_own_ways()
    {
        var (user, address) = await UserAsync();
        await PreferAsync(user, address, new Preferences
        {
            ChannelsByKind = new Dictionary<string, IReadOnlyList<string>> { ["reminder"] = [], ["reminders-missed"] = ["email"] },
        });

        await RemindAsync(Due(user, TimeSpan.Zero));
        await RemindAsync(Due(user, TimeSpan.FromHours(30)) with { Title = "Forgotten" });
        await Eventually.True(() => workers.Mail.To(address).Count == 1);

        workers.Mail.To(address)[0].Subject.Should().Be("You missed a reminder: Forgotten");
        (await DeliveriesOf(user)).Where(row => (string)row["kind"]! == "reminder").Should().OnlyContain(row => (string)row["channel"]! == "in-app");
    }

    [Fact]
    public async Task An_address_that_hangs_keeps_nobody_else_waiting()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        var ((slow, slowAddress), (other, address)) = (await UserAsync(), await UserAsync());
        await PreferAsync(slow, slowAddress, new Preferences
        {
            Channels = ["webhook"],
            WebhookUrl = $"http://127.0.0.1:{((IPEndPoint)hanging.LocalEndpoint).Port}/",
        });
        await RemindAsync(Due(slow, TimeSpan.Zero));
        using var held = await hanging.AcceptTcpClientAsync();

        await RemindAsync(Due(other, TimeSpan.Zero));
        await Eventually.True(() => workers.Mail.To(address).Count == 1);

        (await DeliveriesOf(slow)).Should().ContainSingle(row => (string)row["channel"]! == "webhook")
            .Which.Should().Contain("state", "sending").And.Contain("attempts", 1);
    }

    [Fact]
    public async Task The_link_in_a_mail_stops_mails_and_a_made_up_one_does_not()
    {
        var (user, _) = await UserAsync();
        var proof = workers.Services.GetRequiredService<AppLinks>().Unsubscribe(user)!.Split("proof=")[1];

        await workers.SayAsync(user, new EmailUnsubscribed(user, "made up", DateTimeOffset.UtcNow));
        await workers.SayAsync(user, new TestNotificationRequested(user, Guid.CreateVersion7(), DateTimeOffset.UtcNow));
        await Eventually.Get(() => DeliveriesOf(user), rows => rows.Count == 2); // still app and mail
        await workers.SayAsync(user, new EmailUnsubscribed(user, proof, DateTimeOffset.UtcNow));
        await workers.SayAsync(user, new TestNotificationRequested(user, Guid.CreateVersion7(), DateTimeOffset.UtcNow));

        var rows = await Eventually.Get(() => DeliveriesOf(user), found => found.Count >= 3);
        rows.Count(row => (string)row["channel"]! == "email").Should().Be(1);
    }

    [Fact]
    public async Task A_digest_is_written_once_a_local_day()
    {
        var (user, address) = await UserAsync(digestAt: TimeOnly.MinValue);
        var task = new ATask().Due("2026-01-01");
        task.Having(task.View with { OwnerId = user });
        await workers.SayAsync(task.Id, task.Created() with { OwnerId = user });
        await Eventually.Get(() => workers.QueryAsync("select * from audit.tasks where task_id = $1", task.Id), rows => rows.Count == 1);

        await WriteDigestsAsync();
        await WriteDigestsAsync();
        await Eventually.True(() => workers.Mail.To(address).Count == 1);

        workers.Mail.To(address)[0].Subject.Should().Be("Today: 0 due, 1 overdue");
        Mails(address).Should().Contain("Water the plants (was due 1 January)");
        (await DeliveriesOf(user)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_digest_comes_at_its_local_hour_on_the_days_the_clocks_change_too()
    {
        var (user, _) = await UserAsync("Europe/Berlin", digestAt: new TimeOnly(2, 30));
        var task = new ATask().Due("2026-01-01");
        task.Having(task.View with { OwnerId = user });
        await workers.SayAsync(task.Id, task.Created() with { OwnerId = user });
        await Eventually.Get(() => workers.QueryAsync("select * from audit.tasks where task_id = $1", task.Id), rows => rows.Count == 1);

        string[] moments =
        [
            "2026-03-29T01:29Z", "2026-03-29T01:30Z", "2026-03-29T01:45Z", // half past two is missing: half past three, once
            "2026-10-25T00:29Z", "2026-10-25T00:30Z", "2026-10-25T01:30Z", // it comes twice: the first time
            "2026-10-26T01:29Z", "2026-10-26T01:30Z",
        ];
        foreach (var moment in moments)
            await workers.InStorageAsync(db => new Digests(db, new FakeTimeProvider(DateTimeOffset.Parse(moment, null))).WriteDueAsync(CancellationToken.None));

        var written = await workers.QueryAsync("select created_at from ops.notifications where user_id = $1 and created_at < '2026-11-01' order by 1", user);
        written.Select(row => (DateTime)row["created_at"]!).Should().Equal(
            ((string[])[moments[1], moments[4], moments[7]]).Select(moment => DateTimeOffset.Parse(moment, null).UtcDateTime));
    }

    private async Task WriteDigestsAsync()
    {
        await using var scope = workers.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Digests>().WriteDueAsync(CancellationToken.None);
    }

    private async Task<(Guid User, string Address)> UserAsync(string zone = "UTC", TimeOnly? digestAt = null, bool quiet = false)
    {
        var (user, address) = (Guid.CreateVersion7(), $"{Guid.NewGuid():N}@example.org");
        await PreferAsync(user, address, new Preferences
        {
            Zone = zone,
            DigestAt = digestAt,
            QuietHours = quiet ? [new QuietHours([], TimeOnly.MinValue, TimeOnly.MinValue)] : [], // all day long
        });
        return (user, address);
    }

    private async Task PreferAsync(Guid user, string address, Preferences preferences)
    {
        var said = DateTimeOffset.UtcNow;
        await workers.SayAsync(user, new PreferencesChanged(user, address, preferences, said));
        await Eventually.Get(
            () => workers.QueryAsync("select 1 from notify.recipients where user_id = $1 and said_at >= $2", user, said.AddMilliseconds(-1).UtcDateTime), rows => rows.Count == 1);
    }

    private static ReminderDue Due(Guid user, TimeSpan late)
    {
        var now = DateTimeOffset.UtcNow;
        return new ReminderDue(Guid.CreateVersion7(), user, Guid.CreateVersion7(), "Water the plants", now - late, now);
    }

    private string Mails(string address) => string.Join('\n', workers.Mail.To(address).Select(mail => mail.TextBody));

    private Task<IReadOnlyList<Dictionary<string, object?>>> DeliveriesOf(Guid user) =>
        workers.QueryAsync("select * from ops.notifications where user_id = $1", user);

    private async Task<Dictionary<string, object?>?> MailRow(Guid user) =>
        (await workers.QueryAsync("select * from ops.notifications where user_id = $1 and channel = 'email'", user)).SingleOrDefault();
}
