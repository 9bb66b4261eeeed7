using Microsoft.Extensions.Time.Testing;
using Todo.Contracts.Recurrence;
using Todo.Web.Calendar;
using Todo.Web.Dates;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Calendar;

public sealed class CalendarPlanTests
{
    private static readonly UserClock Clock = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void A_series_casts_shadows_on_the_days_to_come()
    {
        var task = ATask.Called("Water").Due("2026-11-23").Repeating("FREQ=WEEKLY;BYDAY=MO");

        var plan = CalendarPlan.Of([task], new(2026, 11, 1), new(2026, 12, 12), Clock);

        plan.Select(day => (day.Key, day.Single().IsGhost)).Should().BeEquivalentTo(
            [(new DateOnly(2026, 11, 23), false), (new(2026, 11, 30), true), (new(2026, 12, 7), true)]);
    }

    [Fact]
    public void A_series_counted_from_completion_casts_none()
    {
        var task = ATask.Called("Water").Due("2026-11-23").Repeating("FREQ=DAILY", RecurrenceMode.AfterCompletion);

        CalendarPlan.Of([task], new(2026, 11, 1), new(2026, 12, 12), Clock).Should().ContainSingle();
    }
}
