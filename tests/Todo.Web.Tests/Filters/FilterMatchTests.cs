using System.Net;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Filters;
using Todo.Web.Http;
using Todo.Web.Projects;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Filters;

public sealed class FilterMatchTests : PageTest
{
    private static readonly SectionView _doing = new(Guid.NewGuid(), "Doing", "U1");
    private static readonly ProjectView _work = new() { ProjectId = Guid.NewGuid(), Name = "New work", Sections = [_doing] };

    private static readonly TaskView _task = (ATask.Called("Send the invoice").Due("2026-11-23") with
    {
        Priority = 2,
        Labels = ["money", "office"],
        Notes = "with the receipt",
        ProjectId = _work.ProjectId,
        SectionId = _doing.SectionId,
        Deadline = ATask.Day("2026-11-30"),
        CreatedAt = new DateTimeOffset(2026, 11, 20, 23, 30, 0, TimeSpan.Zero),
    }).Repeating("FREQ=WEEKLY");

    [Theory]
    [InlineData("today", true)]
    [InlineData("tomorrow", false)]
    [InlineData("overdue", false)]
    [InlineData("7 days", true)]
    [InlineData("no date", false)]
    [InlineData("no time", true)]
    [InlineData("p2 & @money", true)]
    [InlineData("p1 | @money", true)]
    [InlineData("p1, p2", true)]
    [InlineData("!p2", false)]
    [InlineData("p2 & !(today | tomorrow)", false)]
    [InlineData("@MON*", true)]
    [InlineData("@mon", false)]
    [InlineData("no label", false)]
    [InlineData("inbox", false)]
    [InlineData("#\"new work\"", true)]
    [InlineData("/doing", true)]
    [InlineData("/doin", false)]
    [InlineData("recurring & !subtask", true)]
    [InlineData("search: invoice receipt", true)]
    [InlineData("search: invoice lost", false)]
    [InlineData("search: invo", true)]
    [InlineData("search: voice", false)]
    [InlineData("deadline before: 1 dec", true)]
    [InlineData("created after: 21 nov", false)]
    [InlineData("all", true)]
    public async Task A_filter_finds_what_it_says(string query, bool finds)
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new ProjectList([_work])));
        await Get<ProjectBoard>().LoadAsync();
        var match = Get<FilterMatch>();

        match.TryRead(query, out var filter, out var problem).Should().BeTrue(problem);

        match.Holds(filter, _task).Should().Be(finds);
    }

    [Fact]
    public void A_filter_that_makes_no_sense_says_where()
    {
        Get<FilterMatch>().TryRead("today & (p1", out _, out var problem).Should().BeFalse();

        problem.Should().Contain(")").And.Contain("at character 12");
    }
}
