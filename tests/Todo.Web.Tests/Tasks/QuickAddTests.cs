using Bunit;
using Todo.Contracts.Tasks;
using Todo.Web.Layout;
using Todo.Web.Projects;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class QuickAddTests : PageTest
{
    [Fact]
    public void Enter_adds_and_leaves_the_line_ready_for_the_next()
    {
        var line = Render<QuickAdd>();

        line.Find("[data-testid=quick-add-title]").Input("Buy milk");
        line.Find("form").Submit();

        Board.Tasks.Should().ContainSingle(task => task.Title == "Buy milk");
        line.Find("[data-testid=quick-add-title]").GetAttribute("value").Should().BeEmpty();
    }

    [Fact]
    public void What_the_server_refuses_comes_back_into_the_line()
    {
        Server.Refuse("title", "Not that word.");
        var line = Render<QuickAdd>();

        line.Find("[data-testid=quick-add-title]").Input("A word");
        line.Find("form").Submit();

        line.WaitForAssertion(() => line.Find("[data-testid=quick-add-title]").GetAttribute("value").Should().Be("A word"));
        line.Find("[data-testid=quick-add-problem]").TextContent.Should().Contain("Not that word.");
        Board.Tasks.Should().BeEmpty();
    }

    [Fact]
    public void It_keeps_the_day_of_its_place()
    {
        var line = Render<QuickAdd>(p => p.Add(q => q.Seed, new CreateTaskRequest { Due = new(new(2026, 11, 30)) }));

        line.Find("[data-testid=quick-add-title]").Input("Pack");
        line.Find("form").Submit();

        Board.Tasks.Should().ContainSingle(task => task.Due!.Date == new DateOnly(2026, 11, 30));
    }

    [Fact]
    public void Nothing_typed_adds_nothing()
    {
        var line = Render<QuickAdd>();

        line.Find("[data-testid=quick-add-title]").Input("   ");
        line.Find("form").Submit();

        Server.Asked.Should().BeEmpty();
    }

    [Fact]
    public void What_was_understood_shows_as_chips_while_typing()
    {
        var line = Render<QuickAdd>();

        line.Find("[data-testid=quick-add-title]").Input("Water the plants tomorrow 18:00 p2 @home");

        line.FindAll("[data-testid=token]").Select(chip => chip.TextContent.Replace("Understood:", "")).Should().Equal("Tomorrow 18:00", "Priority 2", "@home");
    }

    [Fact]
    public void A_chip_sent_away_stays_in_the_title()
    {
        var line = Render<QuickAdd>();
        line.Find("[data-testid=quick-add-title]").Input("Read p2");

        line.Find("[data-testid=token] button").Click();
        line.Find("form").Submit();

        Board.Tasks.Should().ContainSingle(task => task.Title == "Read p2" && task.Priority == 4);
    }

    [Fact]
    public void A_project_named_but_unknown_is_made()
    {
        var line = Render<QuickAdd>();
        line.Find("[data-testid=quick-add-title]").Input("Dig #Garden");

        line.Find("form").Submit();

        var garden = Get<ProjectBoard>().Open.Should().ContainSingle().Subject;
        garden.Name.Should().Be("Garden");
        Board.Tasks.Should().ContainSingle(task => task.Title == "Dig" && task.ProjectId == garden.ProjectId);
    }

    [Fact]
    public void Every_pattern_it_offers_is_one_it_understands()
    {
        foreach (var pattern in QuickPatterns.All)
        {
            var line = Render<QuickAdd>();
            line.Find("[data-testid=quick-add-title]").Input("Water the plants");
            line.Find("[data-testid=quick-more]").Click();

            line.FindAll("[data-testid=pattern]").Single(choice => choice.QuerySelector("kbd")!.TextContent == pattern.Example).Click();

            line.WaitForAssertion(() => line.Find("[data-testid=quick-add-title]").GetAttribute("value").Should().Be($"Water the plants {pattern.Example}"));
            line.FindAll("[data-testid=token]").Should().NotBeEmpty(pattern.Example);
        }
    }

    [Fact]
    public void Where_it_may_be_out_of_sight_closing_says_where_it_went_and_opens_it()
    {
        var line = Render<QuickAdd>(p => p.Add(q => q.Says, true));
        line.Find("[data-testid=quick-add-title]").Input("Dig tomorrow");
        line.Find("form").Submit();

        line.Instance.Dispose();

        var toast = Get<Toasts>().Shown.Should().ContainSingle().Subject;
        toast.Text.Should().Be("Added to Inbox, Tomorrow");
        toast.Act!();
        Get<Workspace>().OpenTaskId.Should().Be(Board.Tasks.Single().TaskId);
    }
}
