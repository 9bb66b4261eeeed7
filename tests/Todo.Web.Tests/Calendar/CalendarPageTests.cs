using Bunit;
using Bunit.TestDoubles;
using Todo.Web.Calendar;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Calendar;

public sealed class CalendarPageTests : PageTest
{
    [Fact]
    public void What_has_no_date_waits_in_the_tray()
    {
        Board.Receive([ATask.Called("Someday"), ATask.Called("Today", "U2").Due("2026-11-23")]);
        var page = Render<CalendarPage>();
        page.FindAll("[data-testid=tray]").Should().BeEmpty();

        page.Find("[data-testid=tray-toggle]").Click();

        page.WaitForAssertion(() => page.FindAll("[data-testid=tray] .event").Select(e => e.TextContent.Trim()).Should().Equal("Someday"));
    }

    [Fact]
    public void A_day_chosen_by_its_number_is_listed_and_stays_in_the_address()
    {
        Board.Receive(ATask.Called("Dentist").Due("2026-11-27", "09:30"));
        var page = Render<CalendarPage>();

        page.FindAll("[data-testid=day-number]").Single(day => day.GetAttribute("aria-label") == "Show Friday 27 November 2026, 1 task").Click();

        page.WaitForAssertion(() => page.Find("[data-testid=day-tasks] [data-testid=task-title]").TextContent.Should().Be("Dentist"));
        Get<BunitNavigationManager>().Uri.Should().Contain("on=2026-11-27");
    }

    [Fact]
    public void Back_from_week_to_month_shows_the_month()
    {
        var page = Render<CalendarPage>();
        page.Find("[data-testid=calendar-week]").Click();
        page.WaitForAssertion(() => page.FindAll("[data-testid=day]").Should().HaveCount(7));

        Get<BunitNavigationManager>().NavigateTo("calendar");

        page.WaitForAssertion(() => page.FindAll("[data-testid=day]").Should().HaveCount(42));
    }

    [Fact]
    public async Task What_a_drag_does_keys_do_too()
    {
        var dentist = ATask.Called("Dentist").Due("2026-11-27", "09:30");
        Board.Receive(dentist);
        Render<CalendarPage>();

        await Get<Todo.Web.Keyboard.Shortcuts>().PressAsync("Alt+ArrowDown", dentist.TaskId.ToString());

        Board.Find(dentist.TaskId)!.Due.Should().Be(new Todo.Contracts.Tasks.Due(new(2026, 11, 28), new TimeOnly(9, 30)));
    }
}
