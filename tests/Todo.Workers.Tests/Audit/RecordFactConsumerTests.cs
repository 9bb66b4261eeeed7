using System.Text;
using System.Text.Json;
using Todo.Contracts;
using Todo.Testing;

namespace Todo.Workers.Tests.Audit;

public sealed class RecordFactConsumerTests(WorkersProcess workers)
{
    [Fact]
    public async Task Every_fact_is_recorded_once_with_where_it_came_from()
    {
        var task = new ATask();
        await workers.SayAsync(task.Id, task.Created());
        await workers.SayAsync(task.Id, task.Updated("title"));
        await workers.SayAsync(task.Id, task.Completed());

        var rows = await Eventually.Get(() => AuditOf(task.Id), found => found.Count == 3);

        rows.Select(row => row["type"]).Should().Equal("todo.task.created.v1", "todo.task.updated.v1", "todo.task.completed.v1");
        rows.Should().AllSatisfy(row =>
        {
            row["topic"].Should().Be(Topics.TaskEvents);
            row["owner_id"].Should().Be(ATask.Owner);
            row["actor_id"].Should().Be(ATask.Owner);
            ((long)row["offset"]!).Should().BeGreaterThanOrEqualTo(0);
        });
        JsonDocument.Parse((string)rows[0]["payload"]!).RootElement.GetProperty("task").GetProperty("title").GetString()
            .Should().Be("Water the plants");
    }

    [Fact]
    public async Task A_fact_delivered_twice_is_recorded_once()
    {
        var (task, next) = (new ATask(), new ATask());
        var created = task.Created();
        var bytes = Encoding.UTF8.GetBytes($$"""
            {"specversion":"1.0","id":"{{Guid.CreateVersion7()}}","source":"/tests","type":"todo.task.created.v1",
             "data":{{JsonSerializer.Serialize(created, ContractsJson.Default.TaskCreated)}}}
            """);
        await workers.SayAsync(Topics.TaskEvents, task.Id, bytes);
        await workers.SayAsync(Topics.TaskEvents, task.Id, bytes);
        await workers.SayAsync(Topics.TaskEvents, task.Id, Encoding.UTF8.GetBytes("{ not json"));
        await workers.SayAsync(task.Id, task.Completed()); // what follows on the key is handled all the same

        await Eventually.Get(() => AuditOf(task.Id), found => found.Any(row => (string)row["type"]! == "todo.task.completed.v1"));

        (await AuditOf(task.Id)).Should().HaveCount(2);
    }

    private Task<IReadOnlyList<Dictionary<string, object?>>> AuditOf(Guid taskId) =>
        workers.QueryAsync("select * from ops.audit where task_id = $1 order by audit_id", taskId);
}
