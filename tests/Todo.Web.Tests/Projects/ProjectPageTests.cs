using Bunit;
using Microsoft.AspNetCore.Components;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Projects;
using Todo.Web.Tasks;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Projects;

public sealed class ProjectPageTests : PageTest
{
    private readonly ProjectView _home = new() { ProjectId = Guid.NewGuid(), Name = "Home", Order = "U1", Favourite = true };
    private readonly TaskView _lamp;

    public ProjectPageTests()
    {
        _lamp = ATask.Called("Mend the lamp", "U1").Due("2026-11-23") with { ProjectId = _home.ProjectId, Priority = 2, Labels = ["quick"] };
        Board.Receive([_lamp, ATask.Called("Paint the fence", "U2") with { ProjectId = _home.ProjectId }]);
    }

    [Theory]
    [InlineData("Priority", "Priority 1 0; Priority 2 1; Priority 3 0; No priority 1", "priority:1, priority:2, priority:3, priority:4")]
    [InlineData("Label", "@quick 1; No label 1", "label:quick, ")]
    [InlineData("Date", "Today 1; Tomorrow 0; No date 1", "day:2026-11-23, day:2026-11-24, undated")]
    public async Task A_board_has_the_columns_its_person_wants_and_each_says_what_a_drop_means(string group, string lanes, string drops)
    {
        var page = await ShownAsync("?view=board");

        page.Find("[data-testid=view-menu]").Click();
        page.Find("[data-testid=view-group]").Change(group);

        page.WaitForAssertion(() => string.Join("; ", page.FindAll("[data-testid=lane]").Select(lane => $"{lane.QuerySelector("h2")!.TextContent} {lane.QuerySelector(".count")!.TextContent}")).Should().Be(lanes));
        string.Join(", ", page.FindAll("[data-testid=lane]").Select(lane => lane.GetAttribute("data-drop"))).Should().Be(drops);
    }

    [Fact]
    public async Task A_task_dropped_on_a_column_belongs_to_it()
    {
        await Get<TaskDrops>().DoAsync(_lamp.TaskId, "priority:1");
        await Get<TaskDrops>().DoAsync(_lamp.TaskId, "label:shop");

        Board.Find(_lamp.TaskId).Should().BeEquivalentTo(new { Priority = 1, Labels = new[] { "quick", "shop" } });
    }

    [Fact]
    public async Task A_task_dropped_among_those_of_another_section_stands_where_it_was_dropped()
    {
        var section = Guid.NewGuid();
        var (first, last) = (ATask.Called("Dig", "U3"), ATask.Called("Sow", "U5"));
        Board.Receive([first with { ProjectId = _home.ProjectId, SectionId = section }, last with { ProjectId = _home.ProjectId, SectionId = section }]);

        await Get<TaskDrops>().DoAsync(_lamp.TaskId, $"section:{section}", before: last.TaskId);
        InSection().Should().Equal("Dig", "Mend the lamp", "Sow");

        await Get<TaskDrops>().DoAsync(_lamp.TaskId, $"section:{section}");
        InSection().Should().Equal("Dig", "Sow", "Mend the lamp");

        IEnumerable<string> InSection() => Board.Tasks.Where(task => task.SectionId == section).Select(task => task.Title);
    }

    [Fact]
    public async Task Cards_of_a_column_have_an_order_of_their_own_while_nothing_else_orders_them()
    {
        var page = await ShownAsync("?view=board");
        page.Find("[data-testid=lane] [data-testid=task-list]").GetAttribute("data-drop").Should().Be("order");

        await page.InvokeAsync(() => Get<Todo.Web.Keyboard.Shortcuts>().PressAsync("Alt+ArrowDown", _lamp.TaskId.ToString()));

        page.WaitForAssertion(() => page.FindAll("[data-testid=task-title]").Select(title => title.TextContent).Should().Equal("Paint the fence", "Mend the lamp"));
        page.Find("[data-testid=view-menu]").Click();
        page.Find("[data-testid=view-sort]").Change("Name");
        page.WaitForAssertion(() => page.Find("[data-testid=lane] [data-testid=task-list]").HasAttribute("data-drop").Should().BeFalse());
    }

    [Fact]
    public async Task The_page_one_is_on_is_marked_once_in_the_sidebar()
    {
        await LoadAsync();
        Get<NavigationManager>().NavigateTo($"projects/{_home.ProjectId}");

        var sidebar = Render<Sidebar>();

        sidebar.FindAll("[aria-current=page]").Should().ContainSingle().Which.GetAttribute("data-testid").Should().StartWith("favourite-");
    }

    private async Task<IRenderedComponent<ProjectPage>> ShownAsync(string query)
    {
        await LoadAsync();
        Get<NavigationManager>().NavigateTo($"projects/{_home.ProjectId}{query}");
        return Render<ProjectPage>(p => p.Add(page => page.ProjectId, _home.ProjectId));
    }

    private async Task LoadAsync()
    {
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.OK, Api.Json(new ProjectList([_home])));
        await Get<ProjectBoard>().LoadAsync();
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.NoContent, "");
    }
}
