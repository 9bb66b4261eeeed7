using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Todo.Web.Dates;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Dates;

/// <summary>The grid of days by keys, as the authoring practices of ARIA have it.</summary>
public sealed class MonthGridTests : PageTest
{
    [Theory]
    [InlineData("ArrowRight", false, "Tue 1 Dec")]
    [InlineData("ArrowLeft", false, "Sun 29 Nov")]
    [InlineData("ArrowDown", false, "Mon 7 Dec")]
    [InlineData("ArrowUp", false, "Mon 23 Nov")]
    [InlineData("End", false, "Sun 6 Dec")]
    [InlineData("Home", false, "Mon 30 Nov")]
    [InlineData("PageDown", false, "Wed 30 Dec")]
    [InlineData("PageUp", false, "Fri 30 Oct")]
    [InlineData("PageDown", true, "Tue 30 Nov 2027")]
    public void Keys_walk_the_days_and_one_of_them_is_the_tab_stop(string key, bool shift, string day)
    {
        DateOnly? told = null;
        var grid = Render<MonthGrid>(p => p.Add(c => c.Selected, ATask.Day("2026-11-30")).Add(c => c.OnPick, picked => told = picked));

        grid.Find("[role=grid]").KeyDown(new KeyboardEventArgs { Key = key, ShiftKey = shift });

        grid.FindAll("[data-testid=month-day][tabindex='0']").Should().ContainSingle();
        Module.VerifyInvoke("focus").Arguments[0].Should().Be("#" + grid.Find("[data-testid=month-day][tabindex='0']").Id);
        grid.Find("[data-testid=month-day][tabindex='0']").Click();
        DateWords.WithWeekday(told!.Value, ATask.Day("2026-11-23")).Should().Be(day);
    }

    [Fact]
    public void It_has_six_weeks_of_seven_days_each_named_in_full()
    {
        var grid = Render<MonthGrid>(p => p.Add(c => c.Selected, ATask.Day("2026-11-30")));

        grid.FindAll("[role=row]").Skip(1).Select(row => row.QuerySelectorAll("[role=gridcell]").Length).Should().Equal(7, 7, 7, 7, 7, 7);
        grid.Find("[aria-selected=true] button").GetAttribute("aria-label").Should().Be(DateWords.Full(ATask.Day("2026-11-30")));
        grid.Find("[aria-current=date]").GetAttribute("aria-label").Should().Be(DateWords.Full(ATask.Day("2026-11-23")));
    }
}
