using System.Net;
using System.Text.Json;
using Bunit;
using Todo.Contracts.Account;
using Todo.Contracts.Audit;
using Todo.Web.Account;
using Todo.Web.Http;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class ActivityPageTests : PageTest
{
    private static readonly Guid _gone = Guid.NewGuid();

    [Fact]
    public async Task It_tells_what_one_did_oneself_and_nothing_of_others_or_of_the_machinery()
    {
        await ServeAsync(
            Entry(3, "todo.task.completed.v1", ATask.Owner, """{"data":{"task":{"title":"Buy milk"}}}"""),
            Entry(4, "todo.task.updated.v1", ATask.Owner, """{"data":{"changed":["zone","allDayTime"]}}"""), // every task, when the person chose another time zone
            Entry(2, "todo.task.create-occurrence.v1", ATask.Owner, "{}"),
            Entry(1, "todo.task.created.v1", Guid.NewGuid(), "{}"));

        var page = Render<ActivityPage>();

        page.FindAll("[data-testid=activity-entry] span").Select(entry => entry.TextContent).Should().Equal("Completed Buy milk");
    }

    [Fact]
    public async Task A_task_is_called_what_it_is_called_now()
    {
        Board.Receive(ATask.Called("Buy oat milk") with { TaskId = _gone });
        await ServeAsync(Entry(1, "todo.task.created.v1", ATask.Owner, """{"title":"Buy milk"}"""));

        Render<ActivityPage>().Find("[data-testid=activity-entry] a").TextContent.Should().Be("Buy oat milk");
    }

    private async Task ServeAsync(params AuditEntryView[] entries)
    {
        Server.Answer = (_, path, _) => (HttpStatusCode.OK, path switch
        {
            "account" => Api.Json(new AccountView { UserId = ATask.Owner, Email = "ada@example.org" }),
            "audit?mine=true" => Api.Json(new AuditPage([.. entries.Where(entry => entry.OwnerId == ATask.Owner)], null)),
            _ => Api.Json(new AuditPage(entries, null)), // an operator's answer
        });
        await Get<Session>().LoadAsync();
    }

    private AuditEntryView Entry(long id, string type, Guid owner, string payload) => new()
    {
        AuditId = id,
        MessageId = Guid.NewGuid(),
        Type = type,
        TaskId = _gone,
        OwnerId = owner,
        OccurredAt = Time.GetUtcNow(),
        Payload = JsonDocument.Parse(payload).RootElement,
    };
}
