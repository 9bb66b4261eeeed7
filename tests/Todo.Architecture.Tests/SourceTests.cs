using System.Text.RegularExpressions;

namespace Todo.Architecture.Tests;

/// <summary>What the house style asks of sources and a machine can see.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void The_Api_reads_no_table_of_the_Workers() =>
        Matches(TablesOfWorkers(), "Todo.Api").Should().BeEmpty();

    [Fact]
    public void The_Workers_read_no_table_of_the_Api() =>
        Matches(TablesOfApi(), "Todo.Workers").Should().BeEmpty();

    [Fact]
    public void The_bus_has_never_heard_of_a_task() =>
        Matches(WordsOfTheProduct(), "Todo.Bus").Should().BeEmpty();

    [Fact]
    public void Folders_are_named_for_what_the_product_does()
    {
        string[] kinds = ["Common", "Utils", "Utilities", "Shared", "Helpers", "Controllers", "Services", "Models", "Managers", "Misc"];

        var folders = Repository.Sources([.. Repository.Products]).SelectMany(source => source.Path.Split('/')[1..^1]).Distinct();

        folders.Should().NotIntersectWith(kinds);
    }

    [Fact]
    public void Nothing_is_left_for_later_in_a_comment() =>
        Matches(LeftForLater(), [.. Repository.Products, "tests"]).Should().BeEmpty();

    [Fact]
    public void No_test_sleeps_for_a_fixed_time() =>
        Matches(FixedSleep(), "tests").Where(line => line.Contains(".Tests/", StringComparison.Ordinal)).Should().BeEmpty();

    [Theory]
    [InlineData("select * from sagas.reminders")]
    [InlineData("delete from audit.entries")]
    public void A_query_across_the_border_would_be_found(string sql) =>
        TablesOfWorkers().IsMatch(sql).Should().BeTrue();

    private static IEnumerable<string> Matches(Regex rule, params string[] folders) =>
        from source in Repository.Sources(folders)
        where !source.Path.EndsWith("Architecture.Tests/SourceTests.cs", StringComparison.Ordinal)
        from line in source.Text.Split('\n')
        where rule.IsMatch(line)
        select $"{source.Path}: {line.Trim()}";

    [GeneratedRegex(@"\b(from|join|into|update|table|only)\s+""?(sagas|notify|audit|clock)""?\.", RegexOptions.IgnoreCase)]
    private static partial Regex TablesOfWorkers();

    [GeneratedRegex(@"\b(from|join|into|update|table|only)\s+""?tasks""?\.", RegexOptions.IgnoreCase)]
    private static partial Regex TablesOfApi();

    [GeneratedRegex(@"\b(TaskItem|TaskCreated|Reminder\w*|Recurrence\w*)\b|using Todo\.(Contracts|Api|Workers)")]
    private static partial Regex WordsOfTheProduct();

    [GeneratedRegex(@"//.*\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"Thread\.Sleep\(|^\s*await Task\.Delay\((TimeSpan\.From|\d)")]
    private static partial Regex FixedSleep();
}
