using Bunit;
using Todo.Web.Dates;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Dates;

public sealed class DateFieldTests : PageTest
{
    [Fact]
    public void It_shows_the_day_as_the_rest_of_the_page_does()
    {
        Render<DateField>(p => p.Add(c => c.Value, ATask.Day("2026-12-04"))).Find("input").GetAttribute("value").Should().Be("Fri 4 Dec");
    }

    [Fact]
    public void Words_that_are_no_day_stay_and_are_called_wrong()
    {
        var told = 0;
        var field = Render<DateField>(p => p.Add(c => c.OnChange, _ => told++));

        field.Find("input").Change("whenever");

        told.Should().Be(0);
        field.Find("input").GetAttribute("value").Should().Be("whenever");
        field.Find("[role=alert]").TextContent.Should().Contain("Not a day");
    }

    [Fact]
    public void Emptied_it_takes_the_day_away()
    {
        DateOnly? told = ATask.Day("2026-12-04");
        var field = Render<DateField>(p => p.Add(c => c.Value, told).Add(c => c.OnChange, day => told = day));

        field.Find("input").Change("");

        told.Should().BeNull();
    }
}
