using Microsoft.Extensions.Time.Testing;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Dates;

public sealed class UserClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero));
    private readonly UserClock _clock;

    public UserClockTests()
    {
        _clock = new UserClock(_time);
        _clock.Use("Europe/Berlin");
    }

    [Fact]
    public void Today_is_the_readers_today()
    {
        _clock.Use("Pacific/Auckland");

        _time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

        _clock.Today.Should().Be(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public void A_floating_time_stays_where_it_is_and_a_fixed_one_is_converted()
    {
        _clock.Shown(new Due(new(2026, 11, 23), new(9, 0))).Time.Should().Be(new TimeOnly(9, 0));
        _clock.Shown(new Due(new(2026, 11, 23), new(9, 0), "America/New_York")).Should().Be((new DateOnly(2026, 11, 23), new TimeOnly(15, 0)));
    }

    [Theory]
    [InlineData("2026-11-23", null, false)]
    [InlineData("2026-11-22", null, true)]
    [InlineData("2026-11-23", "11:59", true)]
    [InlineData("2026-11-23", "12:01", false)]
    public void Overdue_is_past_its_minute_or_past_its_day(string day, string? time, bool overdue)
    {
        _clock.IsOverdue(new Due(ATask.Day(day), time is null ? null : ATask.Clock(time))).Should().Be(overdue);
    }

    [Fact]
    public void A_time_that_a_clock_change_leaves_out_moves_forward_by_the_gap()
    {
        _clock.At(new DateTime(2027, 3, 28, 2, 30, 0)).Should().Be(new DateTimeOffset(2027, 3, 28, 1, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Of_a_time_that_comes_twice_the_first_is_meant()
    {
        _clock.At(new DateTime(2026, 10, 25, 2, 30, 0)).Should().Be(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void An_unknown_zone_changes_nothing()
    {
        _clock.Use("Atlantis/Capital");

        _clock.Zone.Id.Should().Be("Europe/Berlin");
    }

    [Theory]
    [InlineData("2026-11-23", "Today")]
    [InlineData("2026-11-24", "Tomorrow")]
    [InlineData("2026-11-22", "Yesterday")]
    [InlineData("2026-11-27", "Friday")]
    [InlineData("2026-12-24", "24 Dec")]
    [InlineData("2027-01-02", "2 Jan 2027")]
    public void Days_are_said_in_words(string day, string words)
    {
        DateWords.Day(ATask.Day(day), _clock.Today).Should().Be(words);
    }
}
