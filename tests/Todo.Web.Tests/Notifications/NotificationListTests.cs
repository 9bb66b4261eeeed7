using System.Net;
using Bunit;
using Todo.Contracts.Notifications;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Notifications;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Notifications;

public sealed class NotificationListTests : PageTest
{
    private readonly NotificationView _reminder = new()
    {
        NotificationId = Guid.NewGuid(),
        UserId = ATask.Owner,
        Kind = "reminder",
        TaskId = Guid.NewGuid(),
        ReminderId = Guid.NewGuid(),
        Title = "Call the dentist",
        ExpectedAt = new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero),
        DeliveredAt = new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero),
    };

    private NotificationList List => Get<NotificationList>();

    [Fact]
    public void A_reminder_that_comes_twice_is_shown_once()
    {
        List.Receive(_reminder);
        List.Receive(_reminder);

        List.Unread.Should().Be(1);
        Get<Toasts>().Shown.Should().ContainSingle();
    }

    [Fact]
    public void Dismissed_on_another_device_it_goes_from_bell_and_page()
    {
        List.Receive(_reminder);

        List.Remove(_reminder.NotificationId);

        List.Unread.Should().Be(0);
        Get<Toasts>().Shown.Should().BeEmpty();
    }

    [Fact]
    public void A_late_one_says_when_it_was_due()
    {
        Board.Receive(ATask.Called("Call the dentist"));

        var toast = Render<ReminderToast>(p => p.Add(t => t.Notification, _reminder with { Late = true }));

        toast.Find(".toast-when").TextContent.Should().StartWith("Was due");
    }

    [Fact]
    public void Snoozing_asks_for_the_moment_chosen_and_dismisses()
    {
        List.Receive(_reminder);
        var toast = Render<ReminderToast>(p => p.Add(t => t.Notification, _reminder));
        toast.Find("[data-testid=snooze]").Click();

        toast.FindAll("[data-testid=snooze-choice]")[1].Click();

        Server.Asked.Should().Contain(asked => asked.Path == $"tasks/{_reminder.TaskId}/reminders/{_reminder.ReminderId}/snooze" && asked.Body.Contains("2026-11-23T12:00:00"));
        Server.Asked.Should().Contain(asked => asked.Path == $"notifications/{_reminder.NotificationId}/dismiss");
    }

    [Fact]
    public void The_bell_says_how_many_wait()
    {
        List.Receive(_reminder);

        var bell = Render<NotificationBell>();

        bell.Find("[data-testid=bell]").GetAttribute("aria-label").Should().Be("Notifications, 1 unread");
    }

    [Fact]
    public async Task An_answer_that_is_older_than_what_was_pushed_and_dismissed_meanwhile_takes_nothing_back()
    {
        var dismissed = _reminder with { NotificationId = Guid.NewGuid() };
        Server.Answer = (_, _, _) =>
        {
            List.Receive(_reminder);
            List.Remove(dismissed.NotificationId);
            return (HttpStatusCode.OK, Api.Json(new NotificationPage([dismissed], null, 1)));
        };

        await List.LoadAsync();

        List.Items.Should().ContainSingle().Which.NotificationId.Should().Be(_reminder.NotificationId);
    }
}
