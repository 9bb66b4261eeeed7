using System.Net;
using Bunit;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Labels;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Labels;

public sealed class LabelPagesTests : PageTest
{
    [Fact]
    public void Labels_of_tasks_are_listed_with_how_many_carry_them()
    {
        Board.Receive([ATask.Called("Milk") with { Labels = ["home"] }, ATask.Called("Lamp", "U2") with { Labels = ["Home", "quick"] }]);

        var page = Render<LabelsPage>();

        page.FindAll("[data-testid=labels] li a").Select(label => label.TextContent.Trim()).Should().Equal("home2", "quick1");
    }

    [Fact]
    public void A_colour_shows_at_once_on_the_rows_that_carry_the_label()
    {
        Board.Receive(ATask.Called("Milk") with { Labels = ["home"] });
        var page = Render<LabelPage>(p => p.Add(c => c.Name, "home"));

        page.Find("[data-testid=label-menu]").Click();
        page.Find("[data-testid=colour-violet]").Click();

        page.Find("[data-testid=task-row] .chip.label").ClassList.Should().Contain("tint-violet");
        Server.Asked.Should().Contain(("PATCH", "labels/home", """{"colour":"violet"}"""));
    }

    [Fact]
    public async Task A_refused_colour_goes_back_to_what_it_was()
    {
        var labels = Get<LabelBoard>();
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new LabelList([new("home", "teal", false, 1)])));
        await labels.LoadAsync();
        Server.Refuse("colour", "No.");

        await labels.PaintAsync("home", "red");

        labels.Find("HOME")!.Colour.Should().Be("teal");
    }

    [Fact]
    public void A_label_is_made_before_any_task_carries_it()
    {
        var page = Render<LabelsPage>();

        page.Find("[data-testid=new-label]").Click();
        page.Find("[data-testid=name-line]").Input("@waiting");
        page.Find(".name-line").Submit();

        page.WaitForAssertion(() => page.Find("[data-testid=labels] li a").TextContent.Trim().Should().Be("waiting0"));
        Server.Asked.Should().ContainSingle(asked => asked.Method == "PATCH" && asked.Path == "labels/waiting");
    }

    [Fact]
    public void A_label_named_like_a_path_is_asked_for_as_one_name()
    {
        _ = Get<LabelBoard>().PaintAsync("a/b", null);

        Server.Asked.Should().ContainSingle(asked => asked.Path == "labels/a%2Fb");
    }
}
