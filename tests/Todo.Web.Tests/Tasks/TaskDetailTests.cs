using Bunit;
using Todo.Contracts.Tasks;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskDetailTests : PageTest
{
    private readonly TaskView _milk = ATask.Called("Buy milk");

    public TaskDetailTests() => Board.Receive(_milk);

    [Fact]
    public void A_change_from_elsewhere_never_replaces_what_is_being_typed()
    {
        var detail = Shown();
        detail.Find("[data-testid=detail-title]").Input("Buy oat mi");

        Board.Receive(_milk with { Title = "Buy soy milk", Priority = 1, Version = 2 });

        detail.WaitForAssertion(() => detail.Find("[data-testid=priority-1]").GetAttribute("aria-pressed").Should().Be("true"));
        detail.Find("[data-testid=detail-title]").GetAttribute("value").Should().Be("Buy oat mi");
    }

    [Fact]
    public void A_refused_title_is_shown_with_its_reason_and_can_be_taken_up_again()
    {
        Server.Refuse("title", "Not that word.");
        var detail = Shown();
        detail.Find("[data-testid=detail-title]").Input("A word");
        detail.Find("[data-testid=detail-title]").Change("A word");

        detail.WaitForAssertion(() => detail.Find("[data-testid=refused]").TextContent.Should().Contain("Not that word.").And.Contain("A word"));
        detail.Find("[data-testid=detail-title]").GetAttribute("value").Should().Be("Buy milk");
        detail.FindAll("[data-testid=refused] button")[1].Click();

        detail.Find("[data-testid=detail-title]").GetAttribute("value").Should().Be("A word");
    }

    [Fact]
    public void Repeating_a_task_without_a_date_starts_today_and_shows_the_next_five_dates()
    {
        var detail = Shown();
        detail.Find("[data-testid=set-repeat]").Click();

        detail.FindAll("[data-testid=repeat-choice]")[0].Click();

        Board.Find(_milk.TaskId).Should().BeEquivalentTo(new { Due = new Due(new(2026, 11, 23)), Recurrence = new { Rule = "FREQ=DAILY" } });
        detail.Find("[data-testid=next-dates]").TextContent.Should().Contain("Mon 23 Nov · Tue 24 Nov · Wed 25 Nov · Thu 26 Nov · Fri 27 Nov");
    }

    [Fact]
    public void A_reminder_at_a_moment_is_read_in_the_persons_zone()
    {
        var detail = Shown();
        detail.Find("[data-testid=add-reminder]").Click();
        detail.Find("[data-testid=reminder-at]").Change("2026-11-23T12:00:30");

        detail.Find(".at-moment").Submit();

        Board.Find(_milk.TaskId)!.Reminders.Should().ContainSingle(r => r.At == new DateTimeOffset(2026, 11, 23, 11, 0, 30, TimeSpan.Zero));
    }

    [Fact]
    public void A_moment_that_has_passed_is_not_taken()
    {
        var detail = Shown();
        detail.Find("[data-testid=add-reminder]").Click();
        detail.Find("[data-testid=reminder-at]").Change("2026-11-23T11:59:00");

        detail.Find(".at-moment").Submit();

        detail.Find(".problem").TextContent.Should().Contain("has passed");
        Server.Asked.Should().BeEmpty();
    }

    [Fact]
    public void Notes_show_as_markdown_without_any_markup_of_their_own()
    {
        Board.Receive(_milk with { Notes = "**Two** bottles <script>alert(1)</script>", Version = 2 });

        var notes = Shown().Find("[data-testid=detail-notes-shown]");

        notes.QuerySelector("strong")!.TextContent.Should().Be("Two");
        notes.QuerySelector("script").Should().BeNull();
    }

    private IRenderedComponent<TaskDetail> Shown() => Render<TaskDetail>(p => p.Add(detail => detail.TaskId, _milk.TaskId));
}
