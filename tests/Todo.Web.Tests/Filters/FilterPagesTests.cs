using System.Net;
using Bunit;
using Bunit.TestDoubles;
using Todo.Contracts.Lists;
using Todo.Web.Filters;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Filters;

public sealed class FilterPagesTests : PageTest
{
    [Fact]
    public void Writing_a_filter_says_what_it_finds_and_saves_it_under_its_own_address()
    {
        Board.Receive([ATask.Called("Urgent") with { Priority = 1 }, ATask.Called("Not so")]);
        var page = Render<FiltersPage>();

        page.Find("[data-testid=add-filter]").Click();
        page.Find("[data-testid=filter-name]").Input("Fires");
        page.Find("[data-testid=filter-query]").Input("p1");
        page.Find("[data-testid=filter-says]").TextContent.Should().Be("Finds one task.");
        page.Find("[data-testid=filter-form]").Submit();

        Server.Asked.Should().ContainSingle(asked => asked.Method == "POST" && asked.Path == "filters" && asked.Body.Contains("\"query\":\"p1\""));
        Get<BunitNavigationManager>().Uri.Should().EndWith($"filters/{Get<FilterBoard>().All.Single().FilterId}");
    }

    [Fact]
    public void A_filter_with_a_mistake_cannot_be_saved_and_says_why()
    {
        var form = Render<FilterForm>();

        form.Find("[data-testid=filter-name]").Input("Fires");
        form.Find("[data-testid=filter-query]").Input("p1 &");

        form.Find("[data-testid=filter-says]").TextContent.Should().Contain("Expected");
        form.Find("[data-testid=filter-save]").HasAttribute("disabled").Should().BeTrue();
    }

    [Fact]
    public async Task A_filter_shows_its_tasks_and_stays_live()
    {
        var filter = await SavedAsync("p1");
        Board.Receive([ATask.Called("Urgent") with { Priority = 1 }, ATask.Called("Not so")]);
        var page = Render<FilterPage>(p => p.Add(c => c.FilterId, filter.FilterId));
        page.FindAll("[data-testid=task-title]").Select(title => title.TextContent).Should().Equal("Urgent");

        Board.Receive(ATask.Called("Just in", "U2") with { Priority = 1 });

        page.WaitForAssertion(() => page.FindAll("[data-testid=task-title]").Should().HaveCount(2));
    }

    [Fact]
    public async Task Deleting_a_filter_can_be_taken_back()
    {
        var filter = await SavedAsync("p1");
        var page = Render<FilterPage>(p => p.Add(c => c.FilterId, filter.FilterId));
        Server.Answer = (_, _, _) => (HttpStatusCode.NoContent, "");

        page.Find("[data-testid=delete-filter]").Click();
        Get<FilterBoard>().All.Should().BeEmpty();
        await Get<Toasts>().Shown.Single().Act!();

        Get<FilterBoard>().All.Should().ContainSingle().Which.Query.Should().Be("p1");
    }

    private async Task<FilterView> SavedAsync(string query)
    {
        var filter = new FilterView(Guid.NewGuid(), "Fires", query, "red", false, "U1");
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new FilterList([filter])));
        await Get<FilterBoard>().LoadAsync();
        return filter;
    }
}
