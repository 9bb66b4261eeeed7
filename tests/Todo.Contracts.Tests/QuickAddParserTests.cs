using System.Diagnostics;
using Todo.Contracts.QuickAdd;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.Tests;

public sealed class QuickAddParserTests
{
    /// <summary>A Wednesday afternoon.</summary>
    private static readonly QuickAddContext Wednesday = new(new DateTimeOffset(2026, 11, 11, 13, 30, 0, TimeSpan.Zero), "Europe/London");

    private static QuickAddResult Parse(string line) => QuickAddParser.Parse(line, Wednesday);

    [Theory]
    [InlineData("Read The 5th Wave")]
    [InlineData("Read The 9/11 Report")]
    [InlineData("Renovation - 2nd Floor")]
    [InlineData("Call Tom")]
    [InlineData("Watch the sun")]
    [InlineData("Say good morning")]
    [InlineData("Weekly review")]
    [InlineData("Daily standup notes")]
    [InlineData("Check every door")]
    [InlineData("Issue #42")]
    [InlineData("Mail ana@example.org about 100%")]
    [InlineData("Read https://example.org/a//b")]
    [InlineData("Buy 2")]
    [InlineData("Watch Friday the movie")]
    [InlineData("Marching band")]
    [InlineData("Learn C# today's way")]
    [InlineData("Ask for help")]
    [InlineData("Study chapter 5 in depth")]
    [InlineData("What! No")]
    [InlineData("Version p5 and !7")]
    public void Words_that_only_look_like_tokens_stay_in_the_title(string line)
    {
        var result = Parse(line);

        result.Title.Should().Be(line);
        result.Tokens.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"Buy milk tomorrow\"", "Buy milk tomorrow")]
    [InlineData("Buy \"tomorrow\"", "Buy \"tomorrow\"")]
    [InlineData("\\#1 fan", "#1 fan")]
    [InlineData("Plan \\tomorrow", "Plan tomorrow")]
    public void Quotes_and_a_backslash_keep_text_as_it_is(string line, string title)
    {
        var result = Parse(line);

        result.Title.Should().Be(title);
        result.Tokens.Should().BeEmpty();
    }

    [Fact]
    public void A_full_line_is_taken_apart()
    {
        var result = Parse("Pay rent #Home/\"Shared bills\" @money @Money p1 every month starting 1 dec !1d for 15m // by transfer");

        result.Title.Should().Be("Pay rent");
        result.Project.Should().Be("Home");
        result.Section.Should().Be("Shared bills");
        result.Labels.Should().Equal("money");
        result.Priority.Should().Be(1);
        result.Recurrence.Should().Be(new RecurrenceRule("FREQ=MONTHLY"));
        result.Due.Should().Be(new Due(new DateOnly(2026, 12, 1)));
        result.Reminders.Should().Equal(new QuickReminder(1440, null));
        result.EstimateMinutes.Should().Be(15);
        result.Notes.Should().Be("by transfer");
        result.Tokens.Should().HaveCount(8);
        result.Tokens.Should().BeInAscendingOrder(token => token.Start);
    }

    [Theory]
    [InlineData("Call Ana tomorrow", "2026-11-12", null)]
    [InlineData("tomorrow call Ana", "2026-11-12", null)]
    [InlineData("tomorrow call Ana at 5pm", "2026-11-12", "17:00")]
    [InlineData("Call Ana tom 9am", "2026-11-12", "09:00")]
    [InlineData("Call Ana fri", "2026-11-13", null)]
    [InlineData("Call Ana wednesday", "2026-11-18", null)]
    [InlineData("Call Ana on wed", "2026-11-18", null)]
    [InlineData("Call Ana next friday", "2026-11-20", null)]
    [InlineData("Call Ana next week", "2026-11-16", null)]
    [InlineData("Call Ana next month", "2026-12-01", null)]
    [InlineData("Call Ana this weekend", "2026-11-14", null)]
    [InlineData("Call Ana end of month", "2026-11-30", null)]
    [InlineData("Call Ana 13 nov", "2026-11-13", null)]
    [InlineData("Call Ana Nov 13th 2027", "2027-11-13", null)]
    [InlineData("Call Ana 3 feb", "2027-02-03", null)]
    [InlineData("Call Ana 2026-12-24 18:15", "2026-12-24", "18:15")]
    [InlineData("Call Ana 3/12", "2026-12-03", null)]
    [InlineData("Call Ana on the 15th", "2026-11-15", null)]
    [InlineData("Call Ana by 5th", "2026-12-05", null)]
    [InlineData("Call Ana at 5", "2026-11-11", "17:00")]
    [InlineData("Call Ana at 9", "2026-11-12", "09:00")]
    [InlineData("Call Ana 9:30", "2026-11-12", "09:30")]
    [InlineData("Call Ana 2 pm", "2026-11-11", "14:00")]
    [InlineData("Call Ana at noon", "2026-11-12", "12:00")]
    [InlineData("Call Ana tonight", "2026-11-11", "21:00")]
    [InlineData("Call Ana tomorrow morning", "2026-11-12", "09:00")]
    [InlineData("Call Ana in 3 days", "2026-11-14", null)]
    [InlineData("Call Ana in 2 hours", "2026-11-11", "15:30")]
    [InlineData("Call Ana in a week", "2026-11-18", null)]
    [InlineData("Meet on Friday about the budget", "2026-11-13", null)]
    [InlineData("Call Ana tomorrow p1 @home", "2026-11-12", null)]
    [InlineData("Report due by friday 17:00", "2026-11-13", "17:00")]
    [InlineData("29 feb party", "2028-02-29", null)]
    public void Dates_are_resolved_when_typed(string line, string day, string? time)
    {
        var due = Parse(line).Due;

        due.Should().Be(new Due(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
            time is null ? null : TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Stretch every day", "FREQ=DAILY", "2026-11-11")]
    [InlineData("Stretch every day at 9am", "FREQ=DAILY", "2026-11-12")]
    [InlineData("Stretch every 3 days", "FREQ=DAILY;INTERVAL=3", "2026-11-11")]
    [InlineData("Stretch every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-11")]
    [InlineData("Stretch every weekend", "FREQ=WEEKLY;BYDAY=SA", "2026-11-14")]
    [InlineData("Stretch every other tue", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-17")]
    [InlineData("Stretch every mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-11")]
    [InlineData("Stretch every 27th", "FREQ=MONTHLY;BYMONTHDAY=27", "2026-11-27")]
    [InlineData("Stretch every last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30")]
    [InlineData("Stretch every 3rd friday", "FREQ=MONTHLY;BYDAY=3FR", "2026-11-20")]
    [InlineData("Stretch every last fri", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27")]
    [InlineData("Stretch every quarter", "FREQ=MONTHLY;INTERVAL=3", "2026-11-11")]
    [InlineData("Stretch every jan 27", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27")]
    [InlineData("Stretch daily", "FREQ=DAILY", "2026-11-11")]
    [InlineData("Stretch every week until 1 dec", "FREQ=WEEKLY;UNTIL=20261201", "2026-11-11")]
    [InlineData("Stretch every week for 10 times", "FREQ=WEEKLY;COUNT=10", "2026-11-11")]
    [InlineData("Stretch every year starting 1 jan", "FREQ=YEARLY", "2027-01-01")]
    [InlineData("every monday stretch", "FREQ=WEEKLY;BYDAY=MO", "2026-11-16")]
    public void Repetitions_become_rules_with_their_first_day(string line, string rule, string firstDay)
    {
        var result = Parse(line);

        result.Title.ToLowerInvariant().Should().Be("stretch");
        result.Recurrence!.Rule.Should().Be(rule);
        RuleText.TryParse(rule, out _, out var error).Should().BeTrue(error);
        result.Due!.Date.Should().Be(DateOnly.Parse(firstDay, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_with_an_exclamation_mark_counts_from_completion() =>
        Parse("Water plants every! 3 days").Recurrence.Should().Be(new RecurrenceRule("FREQ=DAILY;INTERVAL=3", RecurrenceMode.AfterCompletion));

    [Fact]
    public void The_locale_decides_between_day_and_month()
    {
        QuickAddParser.Parse("Party 3/4", Wednesday).Due!.Date.Should().Be(new DateOnly(2027, 4, 3));
        QuickAddParser.Parse("Party 3/4", Wednesday with { Locale = "en-US" }).Due!.Date.Should().Be(new DateOnly(2027, 3, 4));
    }

    [Fact]
    public void A_reminder_at_a_time_is_an_instant_of_the_typists_zone()
    {
        var result = QuickAddParser.Parse("Call !tomorrow 9am", Wednesday with { Zone = "America/New_York" });

        result.Title.Should().Be("Call");
        result.Reminders.Should().Equal(new QuickReminder(null, new DateTimeOffset(2026, 11, 12, 14, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_deadline_stands_in_braces() => Parse("Taxes {31 jan}").Deadline.Should().Be(new DateOnly(2027, 1, 31));

    [Fact]
    public void Switched_off_dates_stay_in_the_title() =>
        QuickAddParser.Parse("Call tomorrow @home", Wednesday with { SmartDates = false }).Title.Should().Be("Call tomorrow");

    [Fact]
    public void No_line_of_any_kind_breaks_it_and_nothing_is_lost_unseen()
    {
        string[] pieces = ["every", "tomorrow", "at", "5", "#", "#a", "\"", "{", "}", "!", "!1d", "for", "10", "times", "//", "\\", "on", "the", "31st", "feb", "30", "p1", "in", "2026-02-30", "99/99", "until", "é", "\ud83d\ude00", "\ud83d"];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var line = string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));

            var result = Parse(line);

            foreach (var token in result.Tokens)
                line.Substring(token.Start, token.Length).Should().Be(token.Text, line);
            if (result.Tokens.Count == 0)
                Plain(result.Title).Should().Be(Plain(line), line);
        }

        static string Plain(string text) => text.Replace("\\", "").Replace("\"", "").Trim();
    }

    [Fact]
    public void A_line_takes_less_than_a_millisecond()
    {
        const string line = "Pay rent #Home/Bills @money p1 every month starting 1 dec at 9am !1d for 15m // by transfer";
        for (var i = 0; i < 200; i++)
            Parse(line);

        var time = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
            Parse(line);

        (time.Elapsed / 1000).Should().BeLessThan(TimeSpan.FromMilliseconds(1));
    }
}
