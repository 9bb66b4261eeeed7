using Todo.Contracts.Account;
using Todo.Workers.Notifications;

namespace Todo.Workers.Tests.Notifications;

public class DeliveryPlanTests
{
    private static readonly Preferences Nights = new()
    {
        Zone = "Europe/Berlin",
        QuietHours = [new QuietHours([], new TimeOnly(22, 0), new TimeOnly(7, 0))],
    };

    [Theory]
    [InlineData("2026-11-23T21:30Z", "2026-11-24T06:00Z")] // half past ten at night in Berlin
    [InlineData("2026-11-24T05:59Z", "2026-11-24T06:00Z")]
    [InlineData("2026-11-24T06:00Z", null)]
    [InlineData("2026-11-23T12:00Z", null)]
    public void Quiet_hours_last_over_midnight(string now, string? end) =>
        Nights.QuietUntil(At(now)).Should().Be(end is null ? null : At(end));

    [Fact]
    public void Quiet_hours_follow_the_clock_over_the_end_of_summer() =>
        Nights.QuietUntil(At("2026-10-24T21:00Z")).Should().Be(At("2026-10-25T06:00Z")); // a night of ten hours

    [Fact]
    public void Quiet_hours_of_one_weekday_leave_the_others_alone()
    {
        var sundays = new Preferences { QuietHours = [new QuietHours([DayOfWeek.Sunday], new TimeOnly(0, 0), new TimeOnly(0, 0))] };

        sundays.QuietUntil(At("2026-11-22T10:00Z")).Should().Be(At("2026-11-23T00:00Z"));
        sundays.QuietUntil(At("2026-11-23T10:00Z")).Should().BeNull();
    }

    [Fact]
    public void Hours_that_follow_one_another_are_one_quiet()
    {
        var preferences = new Preferences
        {
            QuietHours = [new QuietHours([], new TimeOnly(20, 0), new TimeOnly(23, 0)), new QuietHours([], new TimeOnly(23, 0), new TimeOnly(6, 0))],
        };

        preferences.QuietUntil(At("2026-11-23T21:00Z")).Should().Be(At("2026-11-24T06:00Z"));
    }

    [Fact]
    public void Quiet_for_ever_still_ends() =>
        new Preferences { QuietHours = [new QuietHours([], new TimeOnly(0, 0), new TimeOnly(0, 0))] }
            .QuietUntil(At("2026-11-23T21:00Z")).Should().BeAfter(At("2026-11-23T21:00Z"));

    [Fact]
    public void Quiet_hours_hold_a_mail_and_let_an_urgent_one_and_the_app_pass()
    {
        var now = At("2026-11-23T22:00Z");

        Planned(Channels.Email, urgent: false, now).Should().BeEquivalentTo(new { State = DeliveryState.Held, NextAttemptAt = At("2026-11-24T06:00Z") });
        Planned(Channels.Email, urgent: true, now).State.Should().Be(DeliveryState.Waiting);
        Planned(Channels.InApp, urgent: false, now).State.Should().Be(DeliveryState.Waiting);
    }

    [Theory]
    [InlineData(23, "Waiting")]
    [InlineData(25, "Missed")]
    public void What_is_more_than_a_day_late_goes_into_a_summary(int hours, string state)
    {
        var now = At("2026-11-23T12:00Z");
        var delivery = new Delivery { Channel = Channels.InApp, ExpectedAt = now.AddHours(-hours), NextAttemptAt = now };

        delivery.Plan(null, now);

        delivery.State.ToString().Should().Be(state);
    }

    private static Delivery Planned(string channel, bool urgent, DateTimeOffset now)
    {
        var delivery = new Delivery { Channel = channel, Urgent = urgent, ExpectedAt = now, NextAttemptAt = now };
        delivery.Plan(Nights, now);
        return delivery;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}
