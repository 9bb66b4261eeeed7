using Todo.Contracts.Filters;
using Todo.Contracts.QuickAdd;

namespace Todo.Contracts.Tests;

public sealed class FilterParserTests
{
    private static readonly QuickAddContext Wednesday = new(new DateTimeOffset(2026, 11, 11, 13, 30, 0, TimeSpan.Zero), "Europe/London");

    private static readonly DateOnly Today = new(2026, 11, 11);

    [Fact]
    public void And_binds_closer_than_or()
    {
        Read("today & p1 | #work").Should().Be(new FilterNode.Or(
            new FilterNode.And(Due(Today, Today), new FilterNode.Term(FilterKind.Priority, Number: 1)),
            new FilterNode.Term(FilterKind.Project, "work")));
    }

    [Fact]
    public void Parentheses_and_not_do_what_they_say()
    {
        Read("!(overdue | no date) & @home").Should().Be(new FilterNode.And(
            new FilterNode.Not(new FilterNode.Or(Due(null, Today.AddDays(-1)), new FilterNode.Term(FilterKind.NoDate))),
            new FilterNode.Term(FilterKind.Label, "home")));
    }

    [Theory]
    [InlineData("""#"Home (old) & co, really!" """, FilterKind.Project, "Home (old) & co, really!")]
    [InlineData("""/ "a|b" """, FilterKind.Section, "a|b")]
    [InlineData("""search: "(draft)" """, FilterKind.Search, "(draft)")]
    [InlineData("""#5" pipe""", FilterKind.Project, "5\" pipe")]
    public void A_name_in_quotes_may_hold_any_sign(string filter, FilterKind kind, string name)
    {
        Read(filter).Should().Be(new FilterNode.Term(kind, name));
        Read($"({filter} | p1) & today").Should().BeOfType<FilterNode.And>();
    }

    [Theory]
    [InlineData("7 days", "2026-11-11", "2026-11-17")]
    [InlineData("due: fri", "2026-11-13", "2026-11-13")]
    [InlineData("due before: 1 dec", null, "2026-11-30")]
    [InlineData("due after: next week", "2026-11-17", null)]
    [InlineData("tomorrow", "2026-11-12", "2026-11-12")]
    public void Days_are_those_of_the_reader(string filter, string? from, string? to) =>
        Read(filter).Should().Be(Due(Day(from), Day(to)));

    [Theory]
    [InlineData("today &", 7, "Expected a condition")]
    [InlineData("today & (p1", 11, "Expected )")]
    [InlineData("todai", 0, "Not understood: todai")]
    [InlineData("today & due before: someday", 8, "Not understood")]
    [InlineData("p1 )", 3, "never opened")]
    [InlineData("p1 & #\"home", 6, "never closed")]
    [InlineData("", 0, "Expected a condition")]
    public void An_error_says_where_and_what_was_expected(string filter, int at, string message)
    {
        FilterParser.TryParse(filter, Wednesday, out _, out var error).Should().BeFalse();

        error!.At.Should().Be(at);
        error.Message.Should().Contain(message);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_followed() =>
        FilterParser.TryParse(new string('(', 500) + "today", Wednesday, out _, out _).Should().BeFalse();

    private static FilterNode Read(string filter)
    {
        FilterParser.TryParse(filter, Wednesday, out var node, out var error).Should().BeTrue(error?.Message);
        return node;
    }

    private static FilterNode.Term Due(DateOnly? from, DateOnly? to) => new(FilterKind.Due, From: from, To: to);

    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
