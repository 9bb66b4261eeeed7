using System.Net;
using Bunit;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class ViewChoicesTests : PageTest
{
    private readonly TaskView _milk = ATask.Called("Buy milk", "U1") with { Priority = 3, Labels = ["shop"] };
    private readonly TaskView _ana = ATask.Called("Answer Ana", "U2").Due("2026-11-23") with { Priority = 1 };
    private readonly TaskView _dentist = ATask.Called("Dentist", "U3").Due("2026-11-24", "09:00") with { Priority = 1, Labels = ["shop", "health"] };

    public ViewChoicesTests()
    {
        Board.Receive([_milk, _ana, _dentist]);
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("inbox");
    }

    [Theory]
    [InlineData("Own", "Buy milk, Answer Ana, Dentist")]
    [InlineData("Date", "Answer Ana, Dentist, Buy milk")]
    [InlineData("Priority", "Answer Ana, Dentist, Buy milk")]
    [InlineData("Name", "Answer Ana, Buy milk, Dentist")]
    public void A_list_is_in_the_order_its_person_wants(string sort, string titles)
    {
        var page = Shown();

        page.Find("[data-testid=view-sort]").Change(sort);

        page.WaitForAssertion(() => Titles(page).Should().Equal(titles.Split(", ")));
        page.FindAll(".tasks[data-drop=order]").Count.Should().Be(sort == "Own" ? 1 : 0, "in another order than one's own there are no places to move to");
    }

    [Theory]
    [InlineData("Date", "Today: Answer Ana; Tomorrow: Dentist; No date: Buy milk")]
    [InlineData("Priority", "Priority 1: Answer Ana, Dentist; Priority 3: Buy milk")]
    [InlineData("Label", "@health: Dentist; @shop: Buy milk, Dentist; No label: Answer Ana")]
    public void A_list_is_parted_as_its_person_wants(string group, string parts)
    {
        var page = Shown();

        page.Find("[data-testid=view-group]").Change(group);

        page.WaitForAssertion(() => string.Join("; ", page.FindAll("[data-testid=chosen-group]").Select(part =>
            $"{part.QuerySelector("h2")!.TextContent}: {string.Join(", ", part.QuerySelectorAll("[data-testid=task-title]").Select(title => title.TextContent))}")).Should().Be(parts));
    }

    [Fact]
    public void A_task_added_to_a_part_belongs_there()
    {
        var page = Shown();
        page.Find("[data-testid=view-group]").Change("Priority");
        page.WaitForAssertion(() => page.Find("[data-testid=chosen-group]"));

        page.FindAll("[data-testid=add-here]")[0].Click();
        page.Find("[data-testid=quick-add-title]").Input("Ring the bank");
        page.Find("[data-testid=quick-add]").Submit();

        page.WaitForAssertion(() => Board.Tasks.Should().Contain(task => task.Title == "Ring the bank" && task.Priority == 1));
    }

    [Fact]
    public void What_is_completed_of_a_list_is_asked_for_and_shown_when_wanted()
    {
        var done = ATask.Called("Done long ago") with { State = TaskState.Completed, CompletedAt = Time.GetUtcNow().AddDays(-3) };
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new TaskPage([done])));
        var page = Shown();
        page.FindAll("[data-testid=done-here]").Should().BeEmpty();

        page.Find("[data-testid=view-completed]").Change(true);

        page.WaitForAssertion(() => page.Find("[data-testid=done-here] [data-testid=task-title]").TextContent.Should().Be("Done long ago"));
        Server.Asked.Should().ContainSingle(asked => asked.Path == "tasks?view=completed&limit=50&filter=inbox");
    }

    [Fact]
    public async Task A_choice_holds_for_its_own_list_on_every_device()
    {
        await Choices.SetAsync("inbox", new(Grouping.Priority, Sorting.Name, true));

        Choices.Of("inbox").Should().Be(new ViewChoice(Grouping.Priority, Sorting.Name, true));
        Choices.Of("today").Should().Be(ViewChoice.Usual);
        Server.Asked.Should().ContainSingle().Which.Should().Be(("PATCH", "views", """{"items":[{"place":"inbox","group":"priority","sort":"name","completed":true}]}"""));
    }

    [Fact]
    public async Task A_list_has_one_choice_whichever_way_its_address_is_written()
    {
        await Choices.SetAsync("", new(Grouping.Label));
        await Choices.SetAsync("labels/Caf%C3%A9%20%26%20Co", new(Grouping.Project));

        Choices.Of("today").Group.Should().Be(Grouping.Label);
        Choices.Of(new string("")).Group.Should().Be(Grouping.Label);
        Choices.Of("labels/caf%c3%a9%20&%20co").Group.Should().Be(Grouping.Project);
        Choices.Of("search").Should().Be(ViewChoice.Usual);
    }

    [Fact]
    public async Task What_is_chosen_shows_at_once_and_goes_where_it_is_refused_while_what_another_device_chose_stays()
    {
        var answer = Server.Hold();
        var choosing = Choices.SetAsync("inbox", new(Grouping.Priority));
        Choices.Of("inbox").Group.Should().Be(Grouping.Priority);
        TheAccountHas(new ListView { Place = "upcoming", Sort = Sorting.Name });
        await Choices.LoadAsync();
        Choices.Of("inbox").Group.Should().Be(Grouping.Priority, "the edit lies over whatever is newest");

        answer.SetResult((HttpStatusCode.BadRequest, """{"detail":"Not today."}"""));
        await choosing;

        Choices.Of("inbox").Should().Be(ViewChoice.Usual);
        Choices.Of("upcoming").Sort.Should().Be(Sorting.Name);
        Get<Toasts>().Shown.Should().ContainSingle(toast => toast.Kind == ToastKind.Error);
    }

    [Fact]
    public async Task What_was_read_before_an_edit_was_answered_does_not_take_it_away_for_a_moment()
    {
        TheAccountHas();
        await Choices.LoadAsync();
        var edit = Server.Hold();
        var choosing = Choices.SetAsync("inbox", new(Grouping.Priority));
        var early = Server.Hold();
        var reading = Choices.LoadAsync();

        edit.SetResult((HttpStatusCode.OK, """{"items":[]}"""));
        var late = Server.Hold();
        early.SetResult((HttpStatusCode.OK, """{"items":[]}"""));

        Choices.Of("inbox").Group.Should().Be(Grouping.Priority);
        late.SetResult((HttpStatusCode.OK, """{"items":[{"place":"inbox","group":"date"}]}"""));
        await Task.WhenAll(choosing, reading);
        Choices.Of("inbox").Group.Should().Be(Grouping.Date, "somebody made this of it since");
    }

    [Fact]
    public async Task The_menu_says_what_another_device_chose_and_a_choice_here_adds_to_that()
    {
        var page = Shown();
        TheAccountHas(new ListView { Place = "inbox", Sort = Sorting.Name });
        await page.InvokeAsync(Choices.LoadAsync);
        page.WaitForAssertion(() => page.Find("[data-testid=view-sort]").GetAttribute("value").Should().Be("Name"));

        page.Find("[data-testid=view-group]").Change("Priority");

        Choices.Of("inbox").Should().Be(new ViewChoice(Grouping.Priority, Sorting.Name));
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("today");
        page.WaitForAssertion(() => page.Find("[data-testid=view-sort]").GetAttribute("value").Should().Be("Own"));
    }

    [Fact]
    public async Task What_is_chosen_without_a_connection_is_sent_when_there_is_one()
    {
        Server.Answer = (_, _, _) => throw new HttpRequestException("no way");
        var choosing = Choices.SetAsync("inbox", new(Grouping.Priority));
        Choices.Of("inbox").Group.Should().Be(Grouping.Priority);
        Get<Outgoing>().Waiting.Should().Be(1);

        Server.Answer = (_, _, _) => (HttpStatusCode.OK, """{"items":[]}""");
        Get<Patience>().End();
        await choosing;

        Get<Outgoing>().Waiting.Should().Be(0);
        Server.Keys.Distinct().Should().ContainSingle("it is the same command each time");
    }

    [Fact]
    public async Task The_first_paint_is_as_the_last_one_was_until_the_account_answers()
    {
        TheAccountHas(new ListView { Place = "inbox", Group = Grouping.Date });
        await Choices.LoadAsync();
        Remembers("list-views", (string?)Remembered("list-views").Last());
        var again = Another();

        await again.RecallAsync();

        again.Of("inbox").Group.Should().Be(Grouping.Date);
        TheAccountHas(new ListView { Place = "inbox", Group = Grouping.Label });
        await again.LoadAsync();
        again.Of("inbox").Group.Should().Be(Grouping.Label);
        again.Clear();
        Remembered("list-views").Last().Should().BeNull("whoever comes next sees nothing of it");
    }

    [Fact]
    public async Task A_copy_of_another_version_is_no_copy()
    {
        Remembers("list-views", """{"items":[{"place":"inbox","group":"colour"}]}""");

        await Choices.RecallAsync();

        Choices.Of("inbox").Should().Be(ViewChoice.Usual);
    }

    [Fact]
    public async Task An_account_that_has_none_is_given_what_this_browser_remembered_by_itself()
    {
        Remembers("views", "inbox|Priority|Name|done\n|Label|Own|open\ncalendar|Date|Own|open\nnonsense|x|y|z\nlabels/Home%20work|Date|Own|open");
        TheAccountHas();
        await Choices.RecallAsync();
        await Choices.LoadAsync();
        Choices.Of("inbox").Should().Be(new ViewChoice(Grouping.Priority, Sorting.Name, true), "nothing jumps before it is handed over");

        await Choices.HandOverAsync();
        await Choices.HandOverAsync();

        Server.Asked.Should().ContainSingle(asked => asked.Method == "PATCH").Which.Body.Should()
            .ContainAll("inbox", "today", "labels/home work").And.NotContainAny("calendar", "nonsense");
        Choices.Of("today").Group.Should().Be(Grouping.Label);
        Remembered("views").Should().Equal((string?)null);
    }

    [Fact]
    public async Task An_account_that_has_some_keeps_them()
    {
        Remembers("views", "inbox|Priority|Own|open");
        TheAccountHas(new ListView { Place = "today", Group = Grouping.Label });
        await Choices.RecallAsync();
        await Choices.LoadAsync();

        await Choices.HandOverAsync();

        Choices.Of("inbox").Should().Be(ViewChoice.Usual);
        Server.Asked.Should().NotContain(asked => asked.Method == "PATCH");
        Remembered("views").Should().Equal((string?)null);
    }

    [Fact]
    public async Task What_could_not_be_handed_over_is_kept_for_the_next_time()
    {
        Remembers("views", "inbox|Priority|Own|open");
        TheAccountHas();
        await Choices.RecallAsync();
        await Choices.LoadAsync();
        Server.Refuse("items", "Not today.");

        await Choices.HandOverAsync();

        Remembered("views").Should().BeEmpty();
    }

    private ViewChoices Choices => Get<ViewChoices>();

    private ViewChoices Another() => new(Get<Api>(), Get<Outgoing>(), Get<Toasts>(), Get<Browser>());

    private void TheAccountHas(params ListView[] views) =>
        Server.Answer = (method, _, _) => method == "GET" ? (HttpStatusCode.OK, Api.Json(new ListViews(views))) : (HttpStatusCode.NoContent, "");

    private void Remembers(string name, string? value) => Module.Setup<string?>("recall", name).SetResult(value);

    private IEnumerable<object?> Remembered(string name) => Module.Invocations["remember"].Where(call => (string?)call.Arguments[0] == name).Select(call => call.Arguments[1]);

    private IRenderedComponent<InboxPage> Shown()
    {
        var page = Render<InboxPage>();
        page.Find("[data-testid=view-menu]").Click();
        return page;
    }

    private static IEnumerable<string> Titles(IRenderedComponent<InboxPage> page) => page.FindAll("[data-testid=task-title]").Select(title => title.TextContent);
}
