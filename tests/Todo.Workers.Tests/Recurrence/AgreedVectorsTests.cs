using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Workers.Calendar;
using Todo.Workers.Recurrence;

namespace Todo.Workers.Tests.Recurrence;

/// <summary>
/// The examples that were agreed on before anything was built, each with its answer. Those that need a saga (COUNT with skips,
/// undo, two clients) are in <see cref="RecurrenceStateMachineTests"/>; month ends and leap days by the dozen in <see cref="ScheduleTests"/>.
/// </summary>
public class AgreedVectorsTests
{
    public static TheoryData<string, string, string, RecurrenceMode, string, string, string?> Vectors => new()
    {
        // what                               rule                                  due           mode                            done at              zone              next
        { "S: skip missed", "FREQ=DAILY;INTERVAL=2", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-18T12:00Z", "UTC", "2026-06-19" },
        { "K: keep missed", "FREQ=DAILY;INTERVAL=2", "2026-06-15", RecurrenceMode.KeepMissed, "2026-06-18T12:00Z", "UTC", "2026-06-17" },
        { "C: after completion", "FREQ=DAILY;INTERVAL=2", "2026-06-15", RecurrenceMode.AfterCompletion, "2026-06-18T12:00Z", "UTC", "2026-06-20" },
        { "early", "FREQ=WEEKLY", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-12T12:00Z", "UTC", "2026-06-22" },
        { "early, kept", "FREQ=WEEKLY", "2026-06-15", RecurrenceMode.KeepMissed, "2026-06-12T12:00Z", "UTC", "2026-06-22" },
        { "early, after completion", "FREQ=DAILY", "2026-06-15", RecurrenceMode.AfterCompletion, "2026-06-12T12:00Z", "UTC", "2026-06-16" },
        { "on time", "FREQ=WEEKLY", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-15T12:00Z", "UTC", "2026-06-22" },
        { "late by 1 period", "FREQ=WEEKLY", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-22T12:00Z", "UTC", "2026-06-29" },
        { "late by 400 periods", "FREQ=WEEKLY", "2026-06-15", RecurrenceMode.SkipMissed, "2034-02-13T12:00Z", "UTC", "2034-02-20" },
        { "late by 400 periods, kept", "FREQ=WEEKLY", "2026-06-15", RecurrenceMode.KeepMissed, "2034-02-13T12:00Z", "UTC", "2026-06-22" },
        { "late by 400 months, month end", "FREQ=MONTHLY", "2026-01-31", RecurrenceMode.SkipMissed, "2059-05-31T12:00Z", "UTC", "2059-06-30" },
        { "UNTIL on the due date", "FREQ=DAILY;UNTIL=20260615", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-15T12:00Z", "UTC", null },
        { "UNTIL the day after", "FREQ=DAILY;UNTIL=20260616", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-15T12:00Z", "UTC", "2026-06-16" },
        { "UNTIL missed while late", "FREQ=DAILY;UNTIL=20260616", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-17T12:00Z", "UTC", null },
        { "UNTIL missed while late, kept", "FREQ=DAILY;UNTIL=20260616", "2026-06-15", RecurrenceMode.KeepMissed, "2026-06-17T12:00Z", "UTC", "2026-06-16" },
        { "overdue and moved to Auckland", "FREQ=DAILY", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-16T12:30Z", "Pacific/Auckland", "2026-06-18" },
        { "overdue and moved to Honolulu", "FREQ=DAILY", "2026-06-15", RecurrenceMode.SkipMissed, "2026-06-17T08:00Z", "Pacific/Honolulu", "2026-06-17" },
        { "biweekly, week from Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "2026-11-03", RecurrenceMode.SkipMissed, "2026-11-03T12:00Z", "UTC", "2026-11-08" },
        { "biweekly, week from Sunday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "2026-11-03", RecurrenceMode.SkipMissed, "2026-11-03T12:00Z", "UTC", "2026-11-15" },
        { "29 February, common year", "FREQ=YEARLY", "2024-02-29", RecurrenceMode.SkipMissed, "2024-02-29T12:00Z", "UTC", "2025-02-28" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_has_its_answer(string what, string text, string due, RecurrenceMode mode, string doneAt, string zone, string? next)
    {
        var standing = new Standing(Day(due), Day(due), new Due(Day(due)), null, null, zone);

        var answer = Schedule.Next(Rule(text), mode, standing, DateTimeOffset.Parse(doneAt, null));

        answer?.Date.ToString("yyyy-MM-dd", null).Should().Be(next, what);
    }

    // A daily task on the day of each edge, and on the day after it: by then the wall clock says what it always says.
    [Theory]
    [InlineData("Europe/Paris", "2026-03-29", "02:30", "2026-03-29T01:30Z", "2026-03-30T00:30Z")] // missing: 03:30
    [InlineData("Europe/Paris", "2026-03-29", "01:30", "2026-03-29T00:30Z", "2026-03-29T23:30Z")]
    [InlineData("Europe/Paris", "2026-10-25", "02:30", "2026-10-25T00:30Z", "2026-10-26T01:30Z")] // twice: the first
    [InlineData("Europe/Paris", "2026-10-25", "01:30", "2026-10-24T23:30Z", "2026-10-26T00:30Z")]
    [InlineData("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30Z", "2026-03-09T06:30Z")] // missing: 03:30
    [InlineData("America/New_York", "2026-03-08", "01:30", "2026-03-08T06:30Z", "2026-03-09T05:30Z")]
    [InlineData("America/New_York", "2026-11-01", "02:30", "2026-11-01T07:30Z", "2026-11-02T07:30Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z", "2026-11-02T06:30Z")] // twice: the first
    [InlineData("Pacific/Auckland", "2026-09-27", "02:30", "2026-09-26T14:30Z", "2026-09-27T13:30Z")] // missing: 03:30
    [InlineData("Pacific/Auckland", "2026-09-27", "01:30", "2026-09-26T13:30Z", "2026-09-27T12:30Z")]
    [InlineData("Pacific/Auckland", "2026-04-05", "02:30", "2026-04-04T13:30Z", "2026-04-05T14:30Z")] // twice: the first
    [InlineData("Pacific/Auckland", "2026-04-05", "01:30", "2026-04-04T12:30Z", "2026-04-05T13:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30Z", "2026-10-04T15:30Z")] // the gap of half an hour ends here
    [InlineData("Australia/Lord_Howe", "2026-10-04", "01:30", "2026-10-03T15:00Z", "2026-10-04T14:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "02:30", "2026-04-04T16:00Z", "2026-04-05T16:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:30", "2026-04-04T14:30Z", "2026-04-05T15:00Z")] // twice: the first
    public void A_daily_time_at_the_edges_of_summer(string zone, string day, string time, string onTheDay, string dayAfter)
    {
        var (tz, at) = (WallClock.Zone(zone), TimeOnly.Parse(time, null));
        var before = new Due(Day(day).AddDays(-1), at, zone);

        var edge = Next(before);
        var after = Next(edge);

        WallClock.At(edge.Date, edge.Time!.Value, tz).Should().Be(DateTimeOffset.Parse(onTheDay, null));
        WallClock.At(after.Date, after.Time!.Value, tz).Should().Be(DateTimeOffset.Parse(dayAfter, null));
        Due Next(Due due) => Schedule.Next(
            Rule("FREQ=DAILY"), RecurrenceMode.SkipMissed, new Standing(before.Date, due.Date, due, at, zone, "UTC"), WallClock.At(due.Date, at, tz))!;
    }

    private static RuleText Rule(string text) => RuleText.TryParse(text, out var rule, out var problem) ? rule : throw new FormatException(problem);

    private static DateOnly Day(string text) => DateOnly.Parse(text, null);
}
