using Todo.Contracts.QuickAdd;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.Tests;

/// <summary>What people complained about in other products' quick add, one by one: titles that lost words, no way out, labels twice, nothing shown.</summary>
public sealed class QuickAddMisparseTests
{
    /// <summary>A Wednesday afternoon.</summary>
    private static readonly QuickAddContext Wednesday = new(new DateTimeOffset(2026, 11, 11, 13, 30, 0, TimeSpan.Zero), "Europe/London");

    private static readonly QuickAddContext American = Wednesday with { Locale = "en-US" };

    [Theory]
    [InlineData("The 5th Wave")]
    [InlineData("Read The 5th Wave")]
    [InlineData("The 5th Wave, chapter 2")]
    [InlineData("Listen to a song by The 5th Dimension")]
    [InlineData("5th Wave")]
    public void The_5th_Wave_keeps_its_words(string line) => IsATitle(line);

    [Theory]
    [InlineData("The 9/11 Report")]
    [InlineData("Read The 9/11 Report")]
    [InlineData("9/11 Report")]
    [InlineData("9/11 Commission Report, part 2")]
    [InlineData("3/4 cup of sugar")]
    [InlineData("Open 24/7")]
    [InlineData("24/7 support rota")]
    public void The_9_11_Report_keeps_its_words_and_so_does_every_fraction(string line) => IsATitle(line);

    [Theory]
    [InlineData("Renovation - 2nd Floor")]
    [InlineData("2nd Floor - renovation")]
    [InlineData("Renovate the 2nd floor")]
    [InlineData("Meet on the 2nd floor")]
    [InlineData("On the 2nd floor clean the windows")]
    [InlineData("Renovation - 2nd")]
    [InlineData("Floor 2")]
    public void A_2nd_floor_is_not_the_second_of_November(string line) => IsATitle(line);

    [Theory]
    [InlineData("Meet Ana at 5 Main Street")]
    [InlineData("at 5 Main Street")]
    [InlineData("Party at 10 Downing Street")]
    public void A_house_number_is_not_an_hour(string line) => IsATitle(line);

    [Theory]
    [InlineData("Watch The 5th Wave tomorrow", "Watch The 5th Wave", 12)]
    [InlineData("Read The 9/11 Report on friday", "Read The 9/11 Report", 13)]
    [InlineData("tomorrow renovation - 2nd Floor", "renovation - 2nd Floor", 12)]
    [InlineData("Meet on the 2nd floor on friday", "Meet on the 2nd floor", 13)]
    [InlineData("Party at 10 Downing Street on the 15th", "Party at 10 Downing Street", 15)]
    public void A_date_beside_such_words_is_still_read_and_they_stay(string line, string title, int day)
    {
        var result = QuickAddParser.Parse(line, Wednesday);

        result.Title.Should().Be(title);
        result.Due.Should().Be(new Due(new DateOnly(2026, 11, day)));
    }

    [Theory]
    [InlineData("Pay rent on the 15th", 15, null)]
    [InlineData("Pay rent by the 15th p1 @money", 15, null)]
    [InlineData("Pay rent on the 15th at 9am", 15, "09:00")]
    [InlineData("Pay rent 15/11", 15, null)]
    [InlineData("Lunch at 12 with Ana on friday", 13, "12:00")]
    public void What_is_plainly_a_day_or_an_hour_is_one(string line, int day, string? time) =>
        QuickAddParser.Parse(line, Wednesday).Due.Should().Be(new Due(new DateOnly(2026, 11, day), time is null ? null : TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("Read \"Tomorrow\" and \"Friday 5pm\"", "Read \"Tomorrow\" and \"Friday 5pm\"")]
    [InlineData("\"Party friday\"", "Party friday")]
    [InlineData("Party \\friday", "Party friday")]
    [InlineData("\\every day is a gift", "every day is a gift")]
    [InlineData("\\p1 is a road", "p1 is a road")]
    [InlineData("Say \\@home", "Say @home")]
    [InlineData("Fix \\#release", "Fix #release")]
    [InlineData("Wait \\!1d", "Wait !1d")]
    [InlineData("Comment \\//notes", "Comment //notes")]
    [InlineData("Set \\{friday}", "Set {friday}")]
    public void Every_token_has_a_way_out(string line, string title)
    {
        var result = QuickAddParser.Parse(line, Wednesday);

        result.Title.Should().Be(title);
        result.Tokens.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Buy milk @shop @shop")]
    [InlineData("Buy milk @shop %Shop @SHOP")]
    [InlineData("Buy milk @shop @\"shop\"")]
    public void A_label_said_twice_is_there_once(string line) => QuickAddParser.Parse(line, Wednesday).Labels.Should().Equal("shop");

    [Fact]
    public void Every_line_of_several_has_its_own_labels_and_none_of_another()
    {
        string[] lines = ["Buy milk @shop p1", "Buy bread @shop", "Call Ana"];

        var read = lines.Select(line => QuickAddParser.Parse(line, Wednesday)).ToList();

        read.Select(one => string.Join(',', one.Labels)).Should().Equal("shop", "shop", "");
        read.Select(one => one.Priority).Should().Equal(1, 4, 4);
        QuickAddParser.Parse(string.Join('\n', lines), Wednesday).Should().BeEquivalentTo(read[0], "the rest is another line's business");
    }

    [Fact]
    public void Everything_understood_is_shown_with_its_place_and_its_value()
    {
        const string line = "Pay rent #Home/Bills @money p1 friday 17:00 {20 dec} !1d for 30m // by transfer";

        var result = QuickAddParser.Parse(line, Wednesday);

        result.Tokens.Select(token => (token.Kind, token.Text, token.Value)).Should().Equal(
            (QuickTokenKind.Project, "#Home/Bills", "Home/Bills"), (QuickTokenKind.Label, "@money", "money"), (QuickTokenKind.Priority, "p1", "p1"),
            (QuickTokenKind.Due, "friday 17:00", "2026-11-13 17:00"), (QuickTokenKind.Deadline, "{20 dec}", "2026-12-20"), (QuickTokenKind.Reminder, "!1d", "1440 min before"),
            (QuickTokenKind.Estimate, "for 30m", "30 min"), (QuickTokenKind.Notes, "// by transfer", "by transfer"));
        result.Tokens.Should().OnlyContain(token => line.Substring(token.Start, token.Length) == token.Text);
    }

    [Fact]
    public void What_no_token_covers_stays_in_the_title_word_for_word()
    {
        string[] pieces =
        [
            "The", "5th", "Wave", "9/11", "2nd", "Floor", "-", "on", "the", "at", "5", "by", "due", "friday", "tomorrow", "17:00", "every", "day", "week", "for", "30m", "in", "3", "days", "p1", "@a", "#b", "!1d", "{friday}", "Nov", "13th", "24/7", "next", "Main", "until", "starting",
        ];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var line = string.Join(' ', Enumerable.Range(0, random.Next(1, 10)).Select(_ => pieces[random.Next(pieces.Length)]));

            foreach (var context in (QuickAddContext[])[Wednesday, American])
            {
                var result = QuickAddParser.Parse(line, context);

                var left = line.ToCharArray();
                foreach (var token in result.Tokens)
                    Array.Fill(left, ' ', token.Start, token.Length);
                string.Join(' ', new string(left).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Should().Be(result.Title, line);
            }
        }
    }

    private static void IsATitle(string line)
    {
        foreach (var context in (QuickAddContext[])[Wednesday, American])
        {
            var result = QuickAddParser.Parse(line, context);

            result.Title.Should().Be(line);
            result.Tokens.Should().BeEmpty();
        }
    }
}
