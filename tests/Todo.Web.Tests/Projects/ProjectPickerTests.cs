using Bunit;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Projects;

namespace Todo.Web.Tests.Projects;

public sealed class ProjectPickerTests : PageTest
{
    private (Guid? Project, Guid? Section)? _picked;

    [Fact]
    public async Task Typing_narrows_a_long_list_and_Enter_takes_its_first()
    {
        var garden = Called("Garden", "Beds", "Tools");
        var picker = await ShownAsync([garden, .. Enumerable.Range(1, 8).Select(n => Called($"Errand {n}"))]);

        picker.Find("[data-testid=find-place]").Input("tool");
        picker.FindAll(".pick-list button").Select(button => button.TextContent.Trim()).Should().Equal("Garden / Tools");

        picker.Find("form").Submit();
        _picked.Should().Be(((Guid?)garden.ProjectId, (Guid?)garden.Sections[1].SectionId));
    }

    [Fact]
    public async Task What_is_not_found_is_said_and_Enter_then_moves_nothing()
    {
        var picker = await ShownAsync([.. Enumerable.Range(1, 9).Select(n => Called($"Errand {n}"))]);

        picker.Find("[data-testid=find-place]").Input("moon");
        picker.Find("form").Submit();

        picker.Find("[role=status]").TextContent.Should().Be("No project or section is called that.");
        _picked.Should().BeNull();
    }

    [Fact]
    public async Task A_short_list_is_only_looked_at()
    {
        var picker = await ShownAsync([Called("Garden", "Beds")]);

        picker.FindAll("input").Should().BeEmpty();
        picker.FindAll(".pick-list button").Select(button => button.TextContent.Trim()).Should().Equal("Inbox", "Garden", "Beds");
    }

    private static ProjectView Called(string name, params string[] sections) => new()
    {
        ProjectId = Guid.NewGuid(),
        Name = name,
        Order = name,
        Sections = [.. sections.Select(section => new SectionView(Guid.NewGuid(), section, section))],
    };

    private async Task<IRenderedComponent<ProjectPicker>> ShownAsync(ProjectView[] projects)
    {
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.OK, Api.Json(new ProjectList(projects)));
        await Get<ProjectBoard>().LoadAsync();
        return Render<ProjectPicker>(parameters => parameters.Add(picker => picker.OnPick, place => _picked = place));
    }
}
