using Todo.Contracts.Recurrence;
using Todo.Web.Recurrence;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Recurrence;

public sealed class OccurrencesTests
{
    [Theory]
    [InlineData(RecurrenceMode.SkipMissed, "2026-06-19")]
    [InlineData(RecurrenceMode.KeepMissed, "2026-06-17")]
    [InlineData(RecurrenceMode.AfterCompletion, "2026-06-20")]
    public void Done_three_days_late_the_next_falls_by_its_mode(RecurrenceMode mode, string expected)
    {
        var task = ATask.Called("Water").Due("2026-06-15").Repeating("FREQ=DAILY;INTERVAL=2", mode);

        Occurrences.After(task, new DateTime(2026, 6, 18, 14, 0, 0))!.Date.Should().Be(ATask.Day(expected));
    }

    [Fact]
    public void A_time_that_is_still_to_come_today_counts_as_the_next()
    {
        var task = ATask.Called("Pills").Due("2026-06-15", "21:00").Repeating("FREQ=DAILY");

        Occurrences.After(task, new DateTime(2026, 6, 18, 14, 0, 0))!.Date.Should().Be(new DateOnly(2026, 6, 18));
    }

    [Fact]
    public void Done_early_the_next_is_after_the_due_date_never_the_same_again()
    {
        var task = ATask.Called("Report").Due("2026-11-27").Repeating("FREQ=WEEKLY;BYDAY=FR");

        Occurrences.After(task, new DateTime(2026, 11, 24, 9, 0, 0))!.Date.Should().Be(new DateOnly(2026, 12, 4));
    }

    [Fact]
    public void A_rule_that_says_more_than_we_can_show_is_left_alone()
    {
        RuleParts.Parse("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1").Should().BeNull();
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every workday")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Mon, Thu")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day")]
    [InlineData("FREQ=MONTHLY;BYDAY=3FR;COUNT=4", "every month on the 3rd Fri, 4 times")]
    public void Rules_are_said_in_words(string rule, string words)
    {
        RuleWords.Of(new RecurrenceRule(rule)).Should().Be(words);
        RuleParts.Parse(rule)!.ToString().Should().Be(rule);
    }
}
