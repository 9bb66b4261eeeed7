using Todo.Contracts.Reminders;

namespace Todo.Contracts.Tests;

public class SnoozeTimesTests
{
    [Theory]
    [InlineData("2026-11-23T08:00+01:00", DayOfWeek.Monday, "08:10", "09:00", "23 19:00", "24 07:30", "30 07:30")] // a Monday: the next one
    [InlineData("2026-11-22T08:00+01:00", DayOfWeek.Monday, "08:10", "09:00", "22 19:00", "23 07:30", "23 07:30")]
    [InlineData("2026-11-23T08:00+01:00", DayOfWeek.Sunday, "08:10", "09:00", "23 19:00", "24 07:30", "29 07:30")]
    [InlineData("2026-11-23T17:59+01:00", DayOfWeek.Monday, "18:09", "18:59", "23 19:00", "24 07:30", "30 07:30")]
    [InlineData("2026-11-23T18:00+01:00", DayOfWeek.Monday, "18:10", "19:00", null, "24 07:30", "30 07:30")] // evening has begun
    public void Choices_follow_the_morning_and_the_week_of_the_person(
        string now, DayOfWeek weekStart, string tenMinutes, string hour, string? evening, string morning, string week)
    {
        var choices = SnoozeTimes.At(DateTimeOffset.Parse(now, null), new TimeOnly(7, 30), weekStart, Berlin).ToDictionary(one => one.Choice, one => one.Until);

        choices[SnoozeChoice.TenMinutes].ToString("HH:mm", null).Should().Be(tenMinutes);
        choices[SnoozeChoice.OneHour].ToString("HH:mm", null).Should().Be(hour);
        choices.GetValueOrDefault(SnoozeChoice.ThisEvening).ToString("dd HH:mm", null).Should().Be(evening ?? "01 00:00");
        choices[SnoozeChoice.TomorrowMorning].ToString("dd HH:mm", null).Should().Be(morning);
        choices[SnoozeChoice.NextWeek].ToString("dd HH:mm", null).Should().Be(week);
        choices.ContainsKey(SnoozeChoice.ThisEvening).Should().Be(evening is not null);
    }

    private static DateTimeOffset Berlin(DateTime local) => new(local, TimeSpan.FromHours(1));
}
