using Todo.Web.Dates;

namespace Todo.Web.Tests.Dates;

public sealed class UserClockNowTests : PageTest
{
    [Fact]
    public void Now_crosses_a_change_of_clocks_with_the_zone()
    {
        Time.AdjustTime(new DateTimeOffset(2026, 10, 25, 0, 59, 59, TimeSpan.Zero));
        var clock = Get<UserClock>();
        clock.Now.Offset.Should().Be(TimeSpan.FromHours(2));

        Time.AdjustTime(new DateTimeOffset(2026, 10, 25, 1, 0, 0, TimeSpan.Zero));

        clock.Now.Should().Be(new DateTimeOffset(2026, 10, 25, 2, 0, 0, TimeSpan.FromHours(1)));
        clock.Now.Offset.Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public void Another_zone_counts_at_once()
    {
        var clock = Get<UserClock>();
        _ = clock.Now;

        clock.Use("Asia/Tokyo");

        clock.Now.Offset.Should().Be(TimeSpan.FromHours(9));
    }
}
