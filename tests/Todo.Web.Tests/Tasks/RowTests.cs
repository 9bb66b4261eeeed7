using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Todo.Contracts.Tasks;
using Todo.Web.Keyboard;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

/// <summary>What can be done to a row where it stands.</summary>
public sealed class RowTests : PageTest
{
    private readonly TaskView _trip = ATask.Called("Trip", "U1");
    private readonly TaskView _train;
    private readonly TaskView _seat;

    public RowTests()
    {
        _train = ATask.Called("Train", "U2") with { ParentId = _trip.TaskId };
        _seat = ATask.Called("Seat", "U3") with { ParentId = _train.TaskId };
        Board.Receive([_trip, _train, _seat, ATask.Called("Other", "U4")]);
    }

    [Fact]
    public void Sub_tasks_fold_away_all_the_way_down_and_the_browser_remembers()
    {
        var page = Render<InboxPage>();
        Titles(page).Should().Equal("Trip", "Train", "Seat", "Other");

        page.Find("[data-testid=fold]").Click();

        page.WaitForAssertion(() => Titles(page).Should().Equal("Trip", "Other"));
        page.Find("[data-testid=fold]").GetAttribute("aria-expanded").Should().Be("false");
        Module.VerifyInvoke("remember").Arguments.Should().Equal("folds", _trip.TaskId.ToString());
    }

    [Fact]
    public async Task A_key_folds_the_row_with_the_focus_and_nothing_that_has_no_parts()
    {
        await Get<Shortcuts>().PressAsync("Shift+e", _seat.TaskId.ToString());
        await Get<Shortcuts>().PressAsync("Shift+e", _train.TaskId.ToString());

        Get<Folds>().Has(_seat.TaskId).Should().BeFalse();
        Titles(Render<InboxPage>()).Should().Equal("Trip", "Train", "Other");
    }

    [Fact]
    public void A_title_is_written_in_its_row_and_leaving_it_saves()
    {
        var page = Render<InboxPage>();
        page.Find("[data-testid=edit-title]").Click();
        page.WaitForAssertion(() => page.Find("[data-testid=row-edit]"));

        page.Find("[data-testid=row-edit]").Input("Trip to Porto");
        page.Find("[data-testid=row-edit]").Blur();

        page.WaitForAssertion(() => page.FindAll("[data-testid=row-edit]").Should().BeEmpty());
        Board.Find(_trip.TaskId)!.Title.Should().Be("Trip to Porto");
        Server.Asked.Should().ContainSingle(asked => asked.Method == "PATCH" && asked.Body == """{"title":"Trip to Porto"}""");
    }

    [Fact]
    public async Task Where_a_task_has_no_row_the_key_leads_to_the_title_in_its_detail()
    {
        await Get<Shortcuts>().PressAsync("Ctrl+e", _trip.TaskId.ToString());

        Get<Workspace>().OpenTaskId.Should().Be(_trip.TaskId);
        Get<Workspace>().EditingTaskId.Should().BeNull();
    }

    [Fact]
    public async Task Escape_leaves_the_title_as_it_was()
    {
        var page = Render<InboxPage>();
        await page.InvokeAsync(() => Get<Workspace>().EditTitle(_trip.TaskId));
        page.WaitForAssertion(() => page.Find("[data-testid=row-edit]"));
        page.Find("[data-testid=row-edit]").Input("No");

        page.Find("[data-testid=row-edit]").KeyDown("Escape");

        page.WaitForAssertion(() => page.FindAll("[data-testid=row-edit]").Should().BeEmpty());
        Board.Find(_trip.TaskId)!.Title.Should().Be("Trip");
        Server.Asked.Should().BeEmpty();
    }

    [Fact]
    public void A_click_with_shift_completes_a_repeating_task_for_ever()
    {
        Board.Receive((_trip with { Version = 2 }).Due("2026-11-23").Repeating("FREQ=DAILY"));
        var page = Render<InboxPage>();

        page.Find("[data-testid=complete]").Click(new MouseEventArgs { ShiftKey = true });
        page.Find("[data-testid=complete]").Change(true);

        page.WaitForAssertion(() => Server.Asked.Should().ContainSingle(asked => asked.Path == $"tasks/{_trip.TaskId}/complete?forever=true"));
        Board.Find(_trip.TaskId).Should().BeEquivalentTo(new { State = TaskState.Completed, Recurrence = (object?)null });
    }

    [Fact]
    public async Task Undoing_that_brings_the_task_and_its_rule_back()
    {
        Board.Receive((_trip with { Version = 2 }).Due("2026-11-23").Repeating("FREQ=DAILY"));
        await Get<TaskActions>().CompleteForeverAsync(_trip.TaskId);

        await Get<UndoHistory>().UndoAsync();

        Board.Find(_trip.TaskId).Should().BeEquivalentTo(new { State = TaskState.Open, Recurrence = new { Rule = "FREQ=DAILY" } });
        Server.Asked.Select(asked => (asked.Method, asked.Path.Split('/')[^1])).Should().Equal(("POST", "complete?forever=true"), ("POST", "reopen"), ("PATCH", _trip.TaskId.ToString()));
    }

    [Fact]
    public async Task A_duplicate_stands_below_with_its_parts_and_one_undo_takes_all_of_it_away()
    {
        Server.Answer = (method, path, body) => (System.Net.HttpStatusCode.NoContent, "");

        await Get<TaskActions>().DuplicateAsync(_trip.TaskId);

        Titles(Render<InboxPage>()).Should().Equal("Trip", "Train", "Seat", "Trip", "Train", "Seat", "Other");
        await Get<UndoHistory>().UndoAsync();
        Board.Tasks.Where(task => task.DeletedAt is null).Should().HaveCount(4);
    }

    [Fact]
    public void What_is_added_at_the_top_comes_before_everything_in_the_order_it_was_written()
    {
        var page = Render<InboxPage>();
        page.InvokeAsync(() => Get<Shortcuts>().PressAsync("Shift+a", null));
        page.WaitForAssertion(() => page.Find("[data-testid=quick-add-title]"));

        foreach (var title in new[] { "First", "Second" })
        {
            page.Find("[data-testid=quick-add-title]").Input(title);
            page.Find("[data-testid=quick-add]").Submit();
        }

        page.WaitForAssertion(() => Titles(page).Take(3).Should().Equal("First", "Second", "Trip"));
    }

    [Theory]
    [InlineData("Trip", false, "Trip, Train, Seat, First, Second, Other")]
    [InlineData("Other", false, "Trip, Train, Seat, Other, First, Second")]
    [InlineData("Other", true, "Trip, Train, Seat, First, Second, Other")]
    [InlineData("Seat", false, "Trip, Train, Seat, First, Second, Other")]
    [InlineData("Train", true, "Trip, First, Second, Train, Seat, Other")]
    public async Task Enter_with_another_key_saves_a_title_and_goes_on_with_new_tasks_beside_it(string beside, bool above, string then)
    {
        var task = Board.Tasks.Single(task => task.Title == beside);
        var page = Render<InboxPage>();
        await page.InvokeAsync(() => Get<Workspace>().EditTitle(task.TaskId));
        page.WaitForAssertion(() => page.Find("[data-testid=row-edit]"));
        page.Find("[data-testid=row-edit]").Input(beside + "!");

        page.Find("[data-testid=row-edit]").KeyDown(new KeyboardEventArgs { Key = "Enter", ShiftKey = !above, CtrlKey = above });
        page.WaitForAssertion(() => page.Find("[data-testid=add-beside]"));
        foreach (var title in new[] { "First", "Second" })
        {
            page.Find("[data-testid=quick-add-title]").Input(title);
            page.Find("[data-testid=quick-add]").Submit();
        }

        page.WaitForAssertion(() => Titles(page).Should().Equal(then.Replace(beside, beside + "!", StringComparison.Ordinal).Split(", ")));
        Board.Tasks.Where(added => added.Title is "First" or "Second").Should().OnlyContain(added => added.ParentId == task.ParentId);
        page.Find("[data-testid=quick-add]").KeyDown("Escape");
        page.WaitForAssertion(() => page.FindAll("[data-testid=add-beside]").Should().BeEmpty());
    }

    [Fact]
    public async Task The_line_stands_after_what_was_added_with_it_and_is_gone_on_another_page()
    {
        var page = Render<InboxPage>();
        Get<Workspace>().AddBeside(_trip.TaskId, above: false);
        page.WaitForAssertion(() => page.Find("[data-testid=quick-add-title]"));

        page.Find("[data-testid=quick-add-title]").Input("First");
        await page.Find("[data-testid=quick-add]").SubmitAsync();

        page.WaitForAssertion(() => page.Find("[data-testid=task-list]").Children.Select(row => row.GetAttribute("data-testid")).Should().Equal("task-row", "task-row", "task-row", "task-row", "add-beside", "task-row"));
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("upcoming");
        Get<Workspace>().AddLine.Should().BeNull();
    }

    [Theory]
    [InlineData("ArrowDown", 1)]
    [InlineData("ArrowUp", -1)]
    public async Task Ctrl_and_an_arrow_ask_for_the_title_of_the_next_row(string key, int step)
    {
        var page = Render<InboxPage>();
        await page.InvokeAsync(() => Get<Workspace>().EditTitle(_trip.TaskId));
        page.WaitForAssertion(() => page.Find("[data-testid=row-edit]"));

        page.Find("[data-testid=row-edit]").KeyDown(new KeyboardEventArgs { Key = key, CtrlKey = true });

        Module.VerifyInvoke("editNext").Arguments.Should().Equal(step);
    }

    [Fact]
    public void A_menu_left_while_choosing_a_place_opens_as_a_menu_again()
    {
        var page = Render<InboxPage>();
        page.Find("[data-testid=row-menu]").Click();
        page.Find("[data-testid=move-to]").Click();
        page.WaitForAssertion(() => page.Find("[data-testid=pick-project]"));
        Module.VerifyInvoke("soon").Arguments.Should().Equal(".popover .panel-body input, .popover .pick-list button", "focus");

        page.Find("[data-testid=row-menu]").Click();
        page.WaitForAssertion(() => page.FindAll("[data-testid=pick-project]").Should().BeEmpty());
        page.Find("[data-testid=row-menu]").Click();

        page.WaitForAssertion(() => page.Find("[data-testid=move-to]"));
    }

    private static IEnumerable<string> Titles(IRenderedComponent<InboxPage> page) => page.FindAll("[data-testid=task-title]").Select(title => title.TextContent);
}
