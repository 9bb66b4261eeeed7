using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task What_a_long_downtime_made_old_becomes_one_summary()
    {
        var (user, address) = await UserAsync();
        for (var i = 0; i < 5; i++)
            await workers.SayAsync(Guid.CreateVersion7(), Due(user, TimeSpan.FromHours(30 + i)));

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

    private async Task WriteDigestsAsync()
    {
        await using var scope = workers.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Digests>().WriteDueAsync(CancellationToken.None);
    }

    private async Task<(Guid User, string Address)> UserAsync(string zone = "UTC", TimeOnly? digestAt = null)
    {
        var (user, address) = (Guid.CreateVersion7(), $"{Guid.NewGuid():N}@example.org");
        var preferences = new Preferences { Zone = zone, DigestAt = digestAt };
        await workers.SayAsync(user, new PreferencesChanged(user, address, preferences, DateTimeOffset.UtcNow));
        await Eventually.Get(() => workers.QueryAsync("select 1 from notify.recipients where user_id = $1", user), rows => rows.Count == 1);
        return (user, address);
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
