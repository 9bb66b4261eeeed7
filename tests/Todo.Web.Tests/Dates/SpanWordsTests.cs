using Todo.Web.Dates;

namespace Todo.Web.Tests.Dates;

public sealed class SpanWordsTests
{
    [Theory]
    [InlineData("45", 45)]
    [InlineData("45m", 45)]
    [InlineData("45 min", 45)]
    [InlineData("2h", 120)]
    [InlineData("2 hours", 120)]
    [InlineData("1.5 h", 90)]
    [InlineData("1,5h", 90)]
    [InlineData("1h30", 90)]
    [InlineData("1 h 30 min", 90)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("soon", null)]
    [InlineData("99999 h", null)]
    public void A_length_of_time_is_read_as_people_write_it(string text, int? minutes) => SpanWords.Read(text).Should().Be(minutes);

    [Theory]
    [InlineData(45)]
    [InlineData(60)]
    [InlineData(90)]
    [InlineData(1445)]
    public void What_is_written_is_read_back(int minutes) => SpanWords.Read(SpanWords.Of(minutes)).Should().Be(minutes);
}
