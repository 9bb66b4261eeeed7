using Todo.Contracts.Recurrence;

namespace Todo.Contracts.Tests;

public sealed class PlainRuleTests
{
    [Theory]
    [InlineData("daily", "FREQ=DAILY")]
    [InlineData("workdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")]
    [InlineData("every day", "FREQ=DAILY")]
    [InlineData("Every month", "FREQ=MONTHLY")]
    [InlineData("every workday for 5 times", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=5")]
    [InlineData("every 3 days until 2026-12-31", "FREQ=DAILY;INTERVAL=3;UNTIL=20261231")]
    [InlineData("every year until 2030-01-01", "FREQ=YEARLY;UNTIL=20300101")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1")]
    public void Plain_words_mean_a_rule(string words, string rule)
    {
        PlainRule.ToRule(words).Should().Be(rule);

        RuleText.TryParse(rule, out _, out var error).Should().BeTrue(error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("every")]
    [InlineData("every now and then")]
    [InlineData("every month or so")]
    [InlineData("sometimes")]
    public void Other_words_are_refused_with_what_would_be_right(string words)
    {
        RuleText.TryParse(PlainRule.ToRule(words), out _, out var error).Should().BeFalse();

        error.Should().Contain("FREQ=").And.Contain("every 3 days");
    }
}
