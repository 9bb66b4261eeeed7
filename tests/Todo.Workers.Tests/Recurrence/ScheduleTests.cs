using System.Diagnostics;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Workers.Calendar;
using Todo.Workers.Recurrence;

namespace Todo.Workers.Tests.Recurrence;

public class ScheduleTests
{
    [Theory]
    [InlineData(RecurrenceMode.SkipMissed, "2026-06-19")]
    [InlineData(RecurrenceMode.KeepMissed, "2026-06-17")]
    [InlineData(RecurrenceMode.AfterCompletion, "2026-06-20")]
    public void Every_two_days_due_15_June_and_done_on_18_June(RecurrenceMode mode, string next) =>
        Next("FREQ=DAILY;INTERVAL=2", "2026-06-15", "2026-06-18T12:00Z", mode).Should().Be(next);

    [Fact]
    public void The_31st_clamps_to_short_months_and_comes_back()
    {
        string[] expected =
        [
            "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31",
            "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31",
        ];

        InTurn("FREQ=MONTHLY", "2026-01-31", 14).Should().Equal(expected);
        InTurn("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", 14).Should().Equal(expected);
        InTurn("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", 14).Should().Equal(expected);
        InTurn("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-01-31", 14).Should().Equal(expected);
    }

    [Fact]
    public void The_29th_of_February_is_the_28th_in_common_years() =>
        InTurn("FREQ=YEARLY", "2024-02-29", 5)
            .Should().Equal("2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28");

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-06", "2026-11-09")] // workdays, from a Friday
    [InlineData("FREQ=WEEKLY;BYDAY=SA", "2026-11-02", "2026-11-07")]
    [InlineData("FREQ=MONTHLY;BYDAY=3FR", "2026-11-20", "2026-12-18")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-12-25")]
    [InlineData("FREQ=MONTHLY;BYDAY=5FR", "2026-10-30", "2027-01-29")] // months without a fifth Friday are left out
    [InlineData("FREQ=MONTHLY;INTERVAL=3", "2026-11-30", "2027-02-28")]
    [InlineData("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2026-01-27", "2027-01-27")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=27", "2026-11-27", "2026-12-27")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-11-13", "2027-08-13")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", "2026-12-31")] // last workday
    public void A_rule_done_on_time_names_its_next_day(string rule, string due, string next) =>
        Next(rule, due, due + "T12:00Z").Should().Be(next);

    [Theory]
    [InlineData("MO", "2026-11-17")] // the week of Sunday 8 November belongs to Monday the 2nd
    [InlineData("SU", "2026-11-17")]
    public void Every_other_Tuesday_keeps_its_rhythm(string weekStart, string next) =>
        Next($"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST={weekStart}", "2026-11-03", "2026-11-03T12:00Z").Should().Be(next);

    [Theory]
    [InlineData("MO", "2026-11-08", "2026-11-17")] // the week of Tuesday the 3rd ends with Sunday the 8th
    [InlineData("SU", "2026-11-15", "2026-11-17")] // it ended on Saturday the 7th; the next one that counts begins on the 15th
    public void The_start_of_the_week_decides_which_Sunday_belongs_to_a_fortnight(string weekStart, string sunday, string tuesday) =>
        InTurn($"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST={weekStart}", "2026-11-03", 2).Should().Equal(sunday, tuesday);

    [Fact]
    public void Until_is_inclusive()
    {
        Next("FREQ=DAILY;UNTIL=20261110", "2026-11-09", "2026-11-09T12:00Z").Should().Be("2026-11-10");
        Next("FREQ=DAILY;UNTIL=20261110", "2026-11-10", "2026-11-10T12:00Z").Should().BeNull();
    }

    [Theory]
    [InlineData("2026-11-09T12:00Z", "2026-11-11")] // early: the one after the due day, never the same again
    [InlineData("2026-11-10T12:00Z", "2026-11-11")] // on time
    [InlineData("2026-11-11T12:00Z", "2026-11-12")] // a period late
    [InlineData("2027-12-15T12:00Z", "2027-12-16")] // four hundred periods late
    public void A_daily_task_follows_the_schedule_whenever_it_is_done(string doneAt, string next) =>
        Next("FREQ=DAILY", "2026-11-10", doneAt).Should().Be(next);

    [Fact]
    public void Missed_slots_that_are_kept_come_one_by_one() =>
        Next("FREQ=DAILY", "2026-11-10", "2027-12-15T12:00Z", RecurrenceMode.KeepMissed).Should().Be("2026-11-11");

    [Fact]
    public void A_timed_task_done_late_may_come_back_today()
    {
        var monday = new Due(new DateOnly(2026, 11, 9), new TimeOnly(18, 0));

        Next("FREQ=DAILY", monday, At("2026-11-11T14:30Z"), zone: "UTC")
            .Should().Be(new Due(new DateOnly(2026, 11, 11), new TimeOnly(18, 0)));
    }

    [Fact]
    public void After_completion_keeps_the_time_of_day()
    {
        var nine = new Due(new DateOnly(2026, 11, 9), new TimeOnly(9, 0));

        Next("FREQ=DAILY", nine, At("2026-11-09T14:30Z"), RecurrenceMode.AfterCompletion, "UTC")
            .Should().Be(new Due(new DateOnly(2026, 11, 10), new TimeOnly(9, 0)));
    }

    [Fact]
    public void After_completion_on_Mondays_means_the_first_Monday_after_it() =>
        Next("FREQ=WEEKLY;BYDAY=MO", "2026-11-02", "2026-11-12T12:00Z", RecurrenceMode.AfterCompletion).Should().Be("2026-11-16");

    [Fact]
    public void After_completion_done_early_never_gives_the_same_day_again() =>
        Next("FREQ=DAILY;INTERVAL=2", "2026-06-20", "2026-06-18T12:00Z", RecurrenceMode.AfterCompletion).Should().Be("2026-06-22");

    [Fact]
    public void A_postponed_occurrence_leaves_the_schedule_where_it_was()
    {
        var postponed = new Standing(Day("2026-11-02"), Slot: Day("2026-11-09"), new Due(Day("2026-11-11")), null, null, "UTC");

        Schedule.Next(Rule("FREQ=WEEKLY;BYDAY=MO"), RecurrenceMode.SkipMissed, postponed, At("2026-11-11T12:00Z"))
            .Should().Be(new Due(Day("2026-11-16")));
    }

    [Fact]
    public void An_occurrence_moved_forward_does_not_come_again_on_its_old_day()
    {
        var early = new Standing(Day("2026-11-02"), Slot: Day("2026-11-09"), new Due(Day("2026-11-07")), null, null, "UTC");

        Schedule.Next(Rule("FREQ=WEEKLY;BYDAY=MO"), RecurrenceMode.SkipMissed, early, At("2026-11-07T12:00Z"))
            .Should().Be(new Due(Day("2026-11-16")));
    }

    [Fact]
    public void The_day_of_completion_is_that_of_the_owner_not_of_the_server()
    {
        var standing = new Standing(Day("2026-11-09"), Day("2026-11-09"), new Due(Day("2026-11-09")), null, null, "Pacific/Auckland");

        // 12:30 UTC on the 10th is half past one in the morning of the 11th in Auckland.
        Schedule.Next(Rule("FREQ=DAILY"), RecurrenceMode.SkipMissed, standing, At("2026-11-10T12:30Z"))
            .Should().Be(new Due(Day("2026-11-12")));
    }

    [Theory]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=SECONDLY;INTERVAL=1")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;INTERVAL=-1")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999")]
    [InlineData("FREQ=DAILY;COUNT=5;UNTIL=20261110")]
    [InlineData("FREQ=WEEKLY;BYDAY=3FR")]
    [InlineData("FREQ=DAILY;BYHOUR=9,17")]
    [InlineData("every day")]
    [InlineData("")]
    public void A_rule_that_cannot_be_followed_exactly_is_refused(string rule) =>
        Schedule.Problem(new RecurrenceRule(rule), Day("2026-11-01")).Should().NotBeNullOrEmpty();

    [Fact]
    public void A_series_from_the_year_1_is_refused() =>
        Schedule.Problem(new RecurrenceRule("FREQ=DAILY"), new DateOnly(1, 1, 1)).Should().NotBeNullOrEmpty();

    [Theory]
    [InlineData("FREQ=SECONDLY;INTERVAL=1", "0001-01-01")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "2026-11-01")]
    [InlineData("FREQ=DAILY", "0001-01-01")]
    public void Refusing_takes_microseconds(string rule, string anchor)
    {
        var day = Day(anchor);
        Schedule.Problem(new RecurrenceRule(rule), day);
        var started = Stopwatch.GetTimestamp();

        for (var i = 0; i < 1000; i++)
            Schedule.Problem(new RecurrenceRule(rule), day);

        (Stopwatch.GetElapsedTime(started) / 1000).Should().BeLessThan(TimeSpan.FromMicroseconds(100));
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYDAY=5MO;BYMONTHDAY=1")]
    [InlineData("FREQ=DAILY;INTERVAL=7;BYDAY=SU")] // counted from a Monday
    [InlineData("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2")] // counted from a November
    public void A_rule_that_never_comes_ends_the_series_at_once(string rule)
    {
        var started = Stopwatch.GetTimestamp();

        Next(rule, "2026-11-02", "2026-11-02T12:00Z").Should().BeNull();

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("Europe/Paris", "2026-03-28", "02:30", "2026-03-29T01:30:00Z")] // missing: half past three instead
    [InlineData("Europe/Paris", "2026-10-24", "02:30", "2026-10-25T00:30:00Z")] // twice: the first
    [InlineData("Europe/Paris", "2026-10-24", "01:30", "2026-10-24T23:30:00Z")]
    [InlineData("America/New_York", "2026-03-07", "02:30", "2026-03-08T07:30:00Z")]
    [InlineData("America/New_York", "2026-10-31", "01:30", "2026-11-01T05:30:00Z")]
    [InlineData("Pacific/Auckland", "2026-09-26", "02:30", "2026-09-26T14:30:00Z")]
    [InlineData("Pacific/Auckland", "2026-04-04", "02:30", "2026-04-04T13:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-03", "02:15", "2026-10-03T15:45:00Z")] // a gap of half an hour
    [InlineData("Australia/Lord_Howe", "2026-04-04", "01:45", "2026-04-04T14:45:00Z")]
    public void A_daily_time_survives_the_edges_of_summer(string zone, string day, string time, string instant)
    {
        var due = new Due(Day(day), TimeOnly.Parse(time, null), zone);

        var next = Next("FREQ=DAILY", due, WallClock.At(due.Date, due.Time!.Value, WallClock.Zone(zone)), zone: zone)!;

        next.Should().Be(due with { Date = due.Date.AddDays(1) });
        WallClock.At(next.Date, next.Time!.Value, WallClock.Zone(zone)).Should().Be(At(instant));
    }

    [Fact]
    public void Moving_to_another_zone_while_overdue_keeps_the_wall_time()
    {
        var due = new Due(Day("2026-11-09"), new TimeOnly(9, 0));

        // 20:00 UTC on the 10th: 09:00 of the 11th has not come in Berlin, and is just past in Auckland.
        Next("FREQ=DAILY", due, At("2026-11-10T20:00Z"), zone: "Europe/Berlin").Should().Be(due with { Date = Day("2026-11-11") });
        Next("FREQ=DAILY", due, At("2026-11-10T20:00Z"), zone: "Pacific/Auckland").Should().Be(due with { Date = Day("2026-11-12") });
    }

    private static string? Next(string rule, string due, string doneAt, RecurrenceMode mode = RecurrenceMode.SkipMissed) =>
        Next(rule, new Due(Day(due)), At(doneAt), mode)?.Date.ToString("yyyy-MM-dd", null);

    private static Due? Next(
        string rule, Due due, DateTimeOffset doneAt, RecurrenceMode mode = RecurrenceMode.SkipMissed, string zone = "UTC") =>
        Schedule.Next(Rule(rule), mode, new Standing(due.Date, due.Date, due, due.Time, due.Zone, zone), doneAt);

    private static IEnumerable<string> InTurn(string rule, string anchor, int count) =>
        Rule(rule).After(Day(anchor), Day(anchor)).Take(count).Select(day => day.ToString("yyyy-MM-dd", null));

    private static RuleText Rule(string text) =>
        RuleText.TryParse(text, out var rule, out var problem) ? rule : throw new FormatException(problem);

    private static DateOnly Day(string text) => DateOnly.Parse(text, null);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}
