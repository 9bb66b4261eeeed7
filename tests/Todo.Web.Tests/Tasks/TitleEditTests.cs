using Bunit;
using Todo.Contracts.Tasks;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

/// <summary>A title that is changed reads dates, labels and the like as quick add does, out of what is new in it.</summary>
public sealed class TitleEditTests : PageTest
{
    private readonly TaskView _rent = ATask.Called("Pay rent on friday").Due("2026-11-30", "08:00");

    public TitleEditTests() => Board.Receive(_rent);

    [Fact]
    public void What_is_typed_into_a_title_in_its_row_is_shown_and_set_as_one_change()
    {
        var line = Editing(out var page);
        line.Input("Pay rent on friday p1 @money tomorrow");

        page.FindAll("[data-testid=token]").Select(chip => chip.TextContent).Should().Equal("Understood:Priority 1", "Understood:@money", "Understood:Tomorrow");
        page.Find("[data-testid=row-edit]").Blur();

        page.WaitForAssertion(() => Board.Find(_rent.TaskId).Should().BeEquivalentTo(new
        {
            Title = "Pay rent on friday",
            Priority = 1,
            Labels = new[] { "money" },
            Due = new Due(new(2026, 11, 24), new(8, 0)), // another day keeps the time
        }));
        Server.Asked.Should().ContainSingle(asked => asked.Method == "PATCH");
    }

    [Fact]
    public async Task One_undo_takes_all_of_it_back()
    {
        var line = Editing(out var page);
        line.Input("Pay the rent p1");
        page.Find("[data-testid=row-edit]").Blur();
        page.WaitForAssertion(() => Board.Find(_rent.TaskId)!.Priority.Should().Be(1));

        await Get<UndoHistory>().UndoAsync();

        Board.Find(_rent.TaskId).Should().BeEquivalentTo(new { Title = "Pay rent on friday", Priority = 4, Due = _rent.Due });
    }

    [Fact]
    public void Words_that_stood_in_the_title_before_stay_words()
    {
        var line = Editing(out var page);
        line.Input("Pay all the rent on friday");

        page.FindAll("[data-testid=token]").Should().BeEmpty();
        page.Find("[data-testid=row-edit]").Blur();

        page.WaitForAssertion(() => Board.Find(_rent.TaskId).Should().BeEquivalentTo(new { Title = "Pay all the rent on friday", Due = _rent.Due }));
    }

    [Fact]
    public void Escape_turns_what_was_read_back_into_words_before_it_lets_the_title_go()
    {
        var line = Editing(out var page);
        line.Input("Pay rent on friday tomorrow 9am");
        page.FindAll("[data-testid=token]").Should().NotBeEmpty();

        page.Find("[data-testid=row-edit]").KeyDown("Escape");

        page.FindAll("[data-testid=token]").Should().BeEmpty();
        page.Find("[data-testid=row-edit]").Blur();
        page.WaitForAssertion(() => Board.Find(_rent.TaskId).Should().BeEquivalentTo(new { Title = "Pay rent on friday tomorrow 9am", Due = _rent.Due }));
    }

    [Fact]
    public void A_chip_that_is_sent_away_stays_in_the_title_as_words_all_of_it()
    {
        var line = Editing(out var page);
        line.Input("Pay rent by monday");

        page.Find("[data-testid=token] button").Click();

        page.FindAll("[data-testid=token]").Should().BeEmpty("“by” and “monday” go together");
        page.Find("[data-testid=row-edit]").Blur();
        page.WaitForAssertion(() => Board.Find(_rent.TaskId)!.Title.Should().Be("Pay rent by monday"));
    }

    [Fact]
    public void A_name_after_a_plus_is_no_token_as_nobody_can_be_asked_here()
    {
        var line = Editing(out var page);
        line.Input("Pay rent +ana p2");

        page.FindAll("[data-testid=token]").Should().ContainSingle();
        page.Find("[data-testid=row-edit]").Blur();
        page.WaitForAssertion(() => Board.Find(_rent.TaskId)!.Title.Should().Be("Pay rent +ana"));
    }

    [Fact]
    public void The_title_in_the_detail_reads_the_same()
    {
        var detail = Render<TaskDetail>(p => p.Add(shown => shown.TaskId, _rent.TaskId));

        detail.Find("[data-testid=detail-title]").Input("Pay rent on friday every month");
        detail.FindAll("[data-testid=token]").Should().ContainSingle();
        detail.Find("[data-testid=detail-title]").Change("Pay rent on friday every month");

        detail.WaitForAssertion(() => Board.Find(_rent.TaskId).Should().BeEquivalentTo(new { Title = "Pay rent on friday", Recurrence = new { Rule = "FREQ=MONTHLY" }, Due = new Due(new(2026, 11, 23), new(8, 0)) }));
    }

    private AngleSharp.Dom.IElement Editing(out IRenderedComponent<InboxPage> shown)
    {
        var page = shown = Render<InboxPage>();
        page.InvokeAsync(() => Get<Workspace>().EditTitle(_rent.TaskId));
        page.WaitForAssertion(() => page.Find("[data-testid=row-edit]"));
        return page.Find("[data-testid=row-edit]");
    }
}
