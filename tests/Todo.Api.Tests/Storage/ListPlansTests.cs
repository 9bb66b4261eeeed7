using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Todo.Api.Tests.Edge;

namespace Todo.Api.Tests.Storage;

/// <summary>
/// However much somebody has, a page reads about as much as it shows. Judged by what Postgres says it read, for the plans it really took: those made
/// for the values, and those it may fall back on once it has prepared a statement and no longer looks at them.
/// </summary>
public sealed class ListPlansTests(ManyTasks api) : IClassFixture<ManyTasks>
{
    /// <summary>The page itself, one row more, and what is read beside it.</summary>
    private const int APage = 310;

    /// <summary>The parts of one task, the matches of a rare word or label: few, and sorted once they are found.</summary>
    private const int AHandful = 620;

    /// <summary>Whole lists of bounded length: 500 of projects, sections, filters or labels, 1,000 notifications counted.</summary>
    private const int AWholeList = 1010;

    /// <summary>A project of 1,600 tasks, ordered otherwise than by hand; the 2,000 matches that are ranked, found and read.</summary>
    private const int AProject = 5100;

    /// <summary>Conditions of the filter language that only some of a view's tasks meet: the view is walked in its order, or what meets them is found and sorted.</summary>
    private const int AView = 41_000;

    /// <summary>As before, where either is most of what is open.</summary>
    private const int AllThatIsOpen = 90_000;

    /// <summary>Numbers over everything, and everything itself: nothing is left out.</summary>
    private const int Everything = 200_010;

    private static readonly Dictionary<string, int> Budgets = new(StringComparer.Ordinal)
    {
        ["account"] = APage,
        ["account/tokens"] = APage,
        ["account/sessions"] = APage,
        ["preferences"] = APage,
        ["snooze-choices"] = APage,
        ["account/webhook-secret"] = APage,
        ["projects"] = AWholeList,
        ["filters"] = AWholeList,
        ["views"] = AWholeList,
        ["notifications"] = AWholeList,
        ["tasks?view=inbox"] = APage,
        ["tasks?view=open"] = APage,
        ["tasks?view=today"] = APage,
        ["tasks?view=upcoming"] = APage,
        ["tasks?view=completed"] = APage,
        ["tasks?view=archived"] = APage,
        ["tasks?view=priority"] = APage,
        ["tasks?view=newest"] = APage,
        ["tasks?view=trash"] = APage,
        ["tasks?view=project&projectId=PROJECT"] = APage,
        ["tasks?view=open&parentId=PARENT"] = APage,
        ["tasks?view=completed&parentId=PARENT"] = AHandful,
        ["tasks?view=priority&projectId=PROJECT"] = AProject,
        ["tasks?view=completed&projectId=PROJECT"] = AView,
        ["tasks?label=errand"] = APage,
        ["tasks?label=home"] = AView,
        ["tasks?label=work"] = AView,
        ["tasks?view=today&label=errand"] = APage,
        ["tasks?view=completed&label=errand"] = APage,
        ["tasks?filter=p1"] = APage,
        ["tasks?filter=no date"] = APage,
        ["tasks?filter=inbox"] = AHandful,
        ["tasks?filter=no label"] = APage,
        ["tasks?filter=@errand"] = APage,
        ["tasks?filter=recurring"] = AHandful,
        ["tasks?filter=search: dentist"] = AHandful,
        ["tasks?filter=deadline before: next week"] = AHandful,
        ["tasks?filter=today"] = AHandful,
        ["tasks?filter=%23%22Project 4%22"] = AProject,
        ["tasks?filter=/%22Section 4%22"] = AProject,
        ["tasks?filter=created after: yesterday"] = AProject,
        ["tasks?filter=7 days"] = AView,
        ["tasks?filter=overdue"] = AView,
        ["tasks?filter=no time"] = AView,
        ["tasks?filter=subtask"] = AllThatIsOpen,
        ["tasks?filter=overdue | @errand"] = AllThatIsOpen,
        ["tasks?filter=@err*"] = AllThatIsOpen,
        ["tasks?q=dentist"] = AHandful,
        ["tasks?q=dentist&view=open"] = AHandful,
        ["tasks?q=word44"] = AProject,
        ["tasks?q=word44&projectId=PROJECT"] = AProject,
        ["tasks?q=task"] = Everything,
        ["tasks?q=t"] = Everything,
        ["tasks/PARENT"] = APage,
        ["calendar?from=WEEK&to=NEXT"] = AHandful,
        ["calendar?from=MONTH&to=NEXT"] = AProject,
        ["changes"] = APage,
        ["changes?since=0"] = AWholeList,
        ["changes?since=90000"] = AWholeList,
        ["labels"] = Everything,
        ["tasks/counts"] = Everything,
        ["account/export"] = Everything,
    };

    /// <summary>What Postgres reads from end to end because it is most of the table here, or from the beginning until it has 2,000.</summary>
    private static readonly string[] Whole = ["labels", "tasks/counts", "account/export", "tasks?q=task", "tasks?q=t"];

    public static TheoryData<string> Lists => [.. Budgets.Keys];

    [Theory, MemberData(nameof(Lists))]
    public async Task A_page_reads_about_as_much_as_it_shows(string list)
    {
        foreach (var mode in (string[])["force_custom_plan", "force_generic_plan"])
        {
            api.Plans.PlanCacheMode = mode;
            for (var (page, cursor) = (0, ""); page < 3 && cursor is not null; page++)
            {
                api.Plans.Take();
                var answer = await (list == "account/export" ? api.Script : api.Ana.Http).GetAsync($"/api/v1/{Filled(list)}{cursor}");
                var body = await answer.Content.ReadAsStringAsync();
                answer.StatusCode.Should().Be(HttpStatusCode.OK, body);
                api.Plans.Take().Should().AllSatisfy(plan => Judge(plan, list, $"{mode}, page {page + 1} of {list}:\n{plan.Sql}\n{plan.Plan}"));
                cursor = JsonNode.Parse(body) is JsonObject read && (string?)read["next"] is { } next ? $"{(list.Contains('?') ? '&' : '?')}cursor={next}" : null;
            }
        }
    }

    [Fact]
    public void Every_list_there_is_is_among_these()
    {
        var read = Contract.Agreed.Operations.Where(operation => operation.Reads).Select(operation => operation.Name);

        var here = Budgets.Keys.Select(list => Contract.Agreed.Find("GET", $"/api/v1/{Filled(list).Split('?')[0]}")!.Name).Distinct();

        here.Should().BeEquivalentTo(read.Except(["ListAudit", "TaskAudit", "ListDeliveries"]), "what Workers publish has its indexes there, and their test");
    }

    private void Judge(RanPlan plan, string list, string shown)
    {
        plan.RowsRead.Should().BeLessThanOrEqualTo(Budgets[list], shown);
        if (!Whole.Contains(list))
            plan.ScannedWhole.Should().NotIntersectWith(api.Large, shown);
    }

    private string Filled(string path)
    {
        var today = DateTime.UtcNow;
        return path.Replace("PROJECT", api.ProjectId.ToString(), StringComparison.Ordinal).Replace("PARENT", api.ParentId.ToString(), StringComparison.Ordinal)
            .Replace("WEEK", Day(-3), StringComparison.Ordinal).Replace("MONTH", Day(-60), StringComparison.Ordinal).Replace("NEXT", Day(3), StringComparison.Ordinal);

        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
