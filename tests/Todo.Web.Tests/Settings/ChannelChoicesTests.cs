using Todo.Contracts.Account;
using Todo.Web.Settings;

namespace Todo.Web.Tests.Settings;

public sealed class ChannelChoicesTests
{
    [Fact]
    public void Reminders_are_the_general_list()
    {
        var changed = ChannelChoices.With(new Preferences { WebhookUrl = "https://example.org" }, "reminder", "webhook", wanted: true);

        changed.Channels.Should().Equal("email", "webhook");
        changed.ChannelsByKind.Should().BeEmpty();
    }

    [Fact]
    public void A_digest_is_a_mail_until_somebody_says_otherwise()
    {
        var now = new Preferences { Channels = [] };
        ChannelChoices.Has(now, "digest", "email").Should().BeTrue();

        var changed = ChannelChoices.With(now, "digest", "email", wanted: false);

        ChannelChoices.Has(changed, "digest", "email").Should().BeFalse();
        changed.Channels.Should().BeEmpty();
    }

    [Fact]
    public void Taking_a_channel_away_takes_it_from_every_kind()
    {
        var all = ChannelChoices.Kinds.Aggregate(new Preferences(), (p, kind) => ChannelChoices.With(p, kind.Name, "webhook", wanted: true));

        var without = ChannelChoices.Without(all, "webhook");

        ChannelChoices.Kinds.Should().NotContain(kind => ChannelChoices.Has(without, kind.Name, "webhook"));
        ChannelChoices.Has(without, "reminder", "email").Should().BeTrue();
    }

    [Fact]
    public void Quiet_hours_always_keep_a_day()
    {
        var weekdays = ChannelChoices.Toggle(ChannelChoices.Toggle(new QuietHours([], new(22, 0), new(7, 0)), DayOfWeek.Saturday), DayOfWeek.Sunday);
        weekdays.Days.Should().HaveCount(5).And.NotContain(DayOfWeek.Sunday);

        var only = new QuietHours([DayOfWeek.Monday], new(22, 0), new(7, 0));
        ChannelChoices.Toggle(only, DayOfWeek.Monday).Should().Be(only);
    }
}
