using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Projects;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class QuickSuggestionsTests : PageTest
{
    private static readonly string[] _projects = ["Home", "Autumn launch"];
    private static readonly string[] _labels = ["home", "phone"];

    [Theory]
    [InlineData("Milk #h", "Home,Autumn launch")]
    [InlineData("Milk #la", "Autumn launch")]
    [InlineData("Milk @ho", "home,phone")]
    [InlineData("@", "home,phone")]
    [InlineData("Milk #home", "")]
    [InlineData("Milk #home ", "")]
    [InlineData("me@ho", "")]
    [InlineData("Milk", "")]
    public void The_word_being_typed_is_completed(string text, string names) =>
        string.Join(',', QuickSuggestions.For(text, _projects, _labels).Names).Should().Be(names);

    [Fact]
    public void A_name_of_several_words_goes_into_quotes()
    {
        QuickSuggestions.For("Milk #au", _projects, _labels).Take("Milk #au", "Autumn launch").Should().Be("Milk #\"Autumn launch\" ");
        QuickSuggestions.For("Milk @ho", _projects, _labels).Take("Milk @ho", "home").Should().Be("Milk @home ");
    }

    [Fact]
    public void Enter_adds_the_task_unless_something_was_chosen()
    {
        Board.Receive(ATask.Called("Old") with { Labels = ["homework"] });
        var line = Render<QuickAdd>();

        line.Find("[data-testid=quick-add-title]").Input("Milk @home");
        line.FindAll("[data-testid=suggestion]").Should().ContainSingle();
        line.Find("form").Submit();

        Server.Asked.Should().ContainSingle(asked => asked.Method == "POST" && asked.Body.Contains("\"labels\":[\"home\"]"));
    }

    [Fact]
    public void An_arrow_and_enter_take_what_is_offered()
    {
        Board.Receive(ATask.Called("Old") with { Labels = ["homework"] });
        var line = Render<QuickAdd>();
        line.Find("[data-testid=quick-add-title]").Input("Essay @ho");

        line.Find("form").KeyDown(new KeyboardEventArgs { Key = "ArrowDown" });
        line.Find("form").Submit();

        Server.Asked.Should().BeEmpty();
        line.Find("[data-testid=quick-add-title]").GetAttribute("value").Should().Be("Essay @homework ");
    }

    [Fact]
    public async Task A_place_picked_by_hand_counts_more_than_the_one_typed()
    {
        var (home, work) = (new ProjectView { ProjectId = Guid.NewGuid(), Name = "Home" }, new ProjectView { ProjectId = Guid.NewGuid(), Name = "Work" });
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new ProjectList([home, work])));
        await Get<ProjectBoard>().LoadAsync();
        Server.Answer = (_, _, _) => (HttpStatusCode.NoContent, "");
        var line = Render<QuickAdd>();

        line.Find("[data-testid=quick-add-title]").Input("Milk #Home");
        line.Find("[data-testid=quick-project]").Click();
        line.FindAll("[data-testid=pick-project]")[2].Click();
        line.Find("form").Submit();

        Server.Asked.Should().ContainSingle(asked => asked.Method == "POST" && asked.Body.Contains($"\"projectId\":\"{work.ProjectId}\""));
    }
}
