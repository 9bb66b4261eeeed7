using System.Net;
using Bunit;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Projects;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Projects;

public sealed class ProjectBoardTests : PageTest
{
    private static readonly ProjectView Home = Project("Home", "U1");
    private static readonly ProjectView Garden = Project("Garden", "U2") with { ParentId = Home.ProjectId };
    private static readonly ProjectView Work = Project("Work", "U3") with { Sections = [new(Guid.NewGuid(), "Next", "U1"), new(Guid.NewGuid(), "Later", "U2")] };
    private static readonly ProjectView Old = Project("Old", "U4") with { Archived = true };

    private ProjectBoard Projects => Get<ProjectBoard>();

    [Fact]
    public async Task Projects_lie_in_one_another()
    {
        await LoadAsync();

        Projects.Nested().Select(line => (line.Project.Name, line.Depth)).Should().Equal(("Home", 0), ("Garden", 1), ("Work", 0));
    }

    [Fact]
    public async Task A_project_moves_past_its_neighbour_and_no_further()
    {
        await LoadAsync();

        await Projects.MoveAsync(Work, -1);
        await Projects.MoveAsync(Projects.Find(Work.ProjectId)!, -1);

        Projects.Nested().Select(line => line.Project.Name).Should().Equal("Work", "Home", "Garden");
        Server.Asked.Should().ContainSingle(asked => asked.Method == "PATCH").Which.Path.Should().Be($"projects/{Work.ProjectId}");
    }

    [Fact]
    public async Task A_section_moves_past_its_neighbour()
    {
        await LoadAsync();

        await Projects.MoveSectionAsync(Work, Work.Sections[0], 1);

        Projects.Find(Work.ProjectId)!.Sections.OrderBy(section => section.Order, StringComparer.Ordinal).Select(section => section.Name).Should().Equal("Later", "Next");
    }

    [Fact]
    public async Task What_was_archived_is_listed_and_can_be_brought_back()
    {
        await LoadAsync();
        var page = Render<ProjectsPage>();

        page.Find("[data-testid=bring-back]").Click();

        page.WaitForAssertion(() => page.FindAll("[data-testid=project-line]").Count.Should().Be(4));
        Server.Asked.Should().ContainSingle(asked => asked.Method == "PATCH" && asked.Body == """{"archived":false}""");
    }

    [Fact]
    public async Task The_palette_finds_projects_by_any_of_their_words()
    {
        await LoadAsync();

        Get<PaletteSearch>().For("gar").Should().ContainSingle(entry => entry.Name == "Garden" && entry.Hint == "Project");
        Get<PaletteSearch>().For("old").Should().NotContain(entry => entry.Name == "Old", "it is put away");
    }

    [Fact]
    public async Task A_refused_edit_takes_nothing_away_that_came_meanwhile()
    {
        await LoadAsync();
        var answer = Server.Hold();
        var painting = Projects.PaintAsync(Work, "red");
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new ProjectList([Home, Work with { Name = "Labour" }])));
        await Projects.LoadAsync();
        Projects.Find(Work.ProjectId).Should().BeEquivalentTo(new { Name = "Labour", Colour = "red" }, "the edit lies over whatever is newest");

        answer.SetResult((HttpStatusCode.BadRequest, """{"detail":"No such colour."}"""));
        await painting;

        Projects.Nested().Select(line => (line.Project.Name, line.Project.Colour)).Should().Equal(("Home", null), ("Labour", null));
        Get<Toasts>().Shown.Should().ContainSingle(toast => toast.Kind == ToastKind.Error);
    }

    [Fact]
    public async Task Two_edits_of_one_project_of_which_the_first_is_refused_leave_the_second()
    {
        await LoadAsync();
        var answer = Server.Hold();
        var painting = Projects.PaintAsync(Work, "red");
        var renaming = Projects.RenameAsync(Work, "Labour");

        answer.SetResult((HttpStatusCode.BadRequest, """{"detail":"No such colour."}"""));
        await Task.WhenAll(painting, renaming);

        Projects.Find(Work.ProjectId).Should().BeEquivalentTo(new { Name = "Labour", Colour = (string?)null });
    }

    [Fact]
    public async Task What_was_made_without_a_connection_is_sent_in_its_order_when_there_is_one()
    {
        await LoadAsync();
        Server.Answer = (_, _, _) => throw new HttpRequestException("no way");
        Server.Asked.Clear();

        var (project, section) = Projects.PlaceNamed("Attic", "Boxes");
        var adding = Get<TaskActions>().AddAsync(new() { Title = "Sort the boxes", ProjectId = project, SectionId = section });
        Get<Outgoing>().Waiting.Should().Be(3);
        Projects.Find(project)!.Sections.Should().ContainSingle();
        Server.Answer = (_, _, _) => (HttpStatusCode.NoContent, "");
        Server.Asked.Clear();
        Get<Patience>().End();
        await adding;

        Server.Asked.Where(asked => asked.Method == "POST").Select(asked => asked.Path).Should().Equal("projects", $"projects/{project}/sections", "tasks");
        Get<Outgoing>().Waiting.Should().Be(0);
    }

    private static ProjectView Project(string name, string order) => new() { ProjectId = Guid.NewGuid(), Name = name, Order = order };

    private async Task LoadAsync()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new ProjectList([Home, Garden, Work, Old])));
        await Projects.LoadAsync();
        Server.Answer = (_, _, _) => (HttpStatusCode.NoContent, "");
    }
}
