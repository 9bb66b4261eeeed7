using System.Net;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Audit;

namespace Todo.Api.Tests.Audit;

public sealed class AuditTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_audit_outlives_the_task_and_is_its_owners_alone()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var taskId = Guid.NewGuid();
        await RecordAsync(ana.Id, taskId, "todo.task.created.v1");
        await RecordAsync(ana.Id, taskId, "todo.task.deleted.v1");

        var hers = await ana.GetAsync<AuditPage>($"/api/v1/tasks/{taskId}/audit");
        var byType = await ana.GetAsync<AuditPage>("/api/v1/audit?type=todo.task.created.v1");

        hers.Items.Select(e => e.Type).Should().Equal("todo.task.deleted.v1", "todo.task.created.v1");
        byType.Items.Should().ContainSingle().Which.Payload.GetProperty("title").GetString().Should().Be("hers");
        (await ben.Http.GetAsync($"/api/v1/tasks/{taskId}/audit")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ben.GetAsync<AuditPage>($"/api/v1/audit?taskId={taskId}")).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Pages_of_the_audit_follow_one_another()
    {
        var ana = await api.SomebodyAsync();
        for (var i = 0; i < 150; i++)
            await RecordAsync(ana.Id, Guid.NewGuid(), $"todo.test.{i}.v1");

        var first = await ana.GetAsync<AuditPage>("/api/v1/audit");
        var second = await ana.GetAsync<AuditPage>($"/api/v1/audit?cursor={first.Next}");

        first.Items.Concat(second.Items).Select(e => e.AuditId).Should().BeInDescendingOrder().And.OnlyHaveUniqueItems().And.HaveCount(150);
        second.Next.Should().BeNull();
    }

    private Task<int> RecordAsync(Guid ownerId, Guid taskId, string type) => api.InStorageAsync(db => db.Database.ExecuteSqlAsync(
        $$"""
        INSERT INTO ops.audit (message_id, type, task_id, owner_id, actor_id, occurred_at, recorded_at, payload)
        VALUES ({{Guid.NewGuid()}}, {{type}}, {{taskId}}, {{ownerId}}, {{ownerId}}, now(), now(), '{"title":"hers"}')
        """));
}
