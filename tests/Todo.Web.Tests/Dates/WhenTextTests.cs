using Todo.Web.Dates;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Dates;

public sealed class WhenTextTests : PageTest
{
    [Theory]
    [InlineData("2026-12-05", "2026-12-05")]
    [InlineData("today", "2026-11-23")]
    [InlineData("fri", "2026-11-27")]
    [InlineData("5 dec", "2026-12-05")]
    [InlineData("Sat 5 Dec", "2026-12-05")]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("buy milk today", null)]
    [InlineData("today 9am", null)]
    [InlineData("every friday", null)]
    public void A_day_is_read_as_quick_add_reads_it_and_nothing_else_is_one(string typed, string? day) =>
        WhenText.Day(typed, Get<UserClock>(), "en-GB").Should().Be(day is null ? null : ATask.Day(day));

    [Theory]
    [InlineData("9", "09:00")]
    [InlineData("9:30", "09:30")]
    [InlineData("9.30", "09:30")]
    [InlineData("1830", "18:30")]
    [InlineData("6pm", "18:00")]
    [InlineData("6:15 PM", "18:15")]
    [InlineData("noon", "12:00")]
    [InlineData("24", null)]
    [InlineData("960", null)]
    [InlineData("later", null)]
    public void A_time_is_read_in_the_ways_people_write_it(string typed, string? time) =>
        WhenText.Time(typed).Should().Be(time is null ? null : ATask.Clock(time));

    [Theory]
    [InlineData("2026-11-24T12:00:30", "2026-11-24T12:00:30")]
    [InlineData("tomorrow 9:00", "2026-11-24T09:00:00")]
    [InlineData("fri 6pm", "2026-11-27T18:00:00")]
    [InlineData("tomorrow", null)]
    public void A_moment_is_a_day_with_a_time(string typed, string? moment) =>
        WhenText.Moment(typed, Get<UserClock>(), "en-GB").Should().Be(moment is null ? null : DateTime.Parse(moment, System.Globalization.CultureInfo.InvariantCulture));
}
