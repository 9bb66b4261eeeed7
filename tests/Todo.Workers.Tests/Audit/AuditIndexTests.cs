using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Todo.Testing;
using Todo.Workers.Storage;

namespace Todo.Workers.Tests.Audit;

/// <summary>
/// The Api shows <c>ops.audit</c> by owner, task, type, time and correlation, newest first, a page at a time. However much was recorded, that reads a
/// bounded part of it: judged by the blocks that Postgres touched, for values it knows and for values it does not.
/// </summary>
public sealed class AuditIndexTests(AuditIndexTests.FullAudit audit) : IClassFixture<AuditIndexTests.FullAudit>
{
    /// <summary>A page of a hundred rows wherever they lie, and the way to them.</summary>
    private const int APage = 450;

    /// <summary>All of one owner's 60,000 entries within the index, and none of the table's 8,000 blocks that are not shown.</summary>
    private const int AnOwnersIndex = 1600;

    [Theory]
    [InlineData("owner_id = $1", APage)]
    [InlineData("owner_id = $1 and audit_id < 50000", APage)]
    [InlineData("owner_id = $1 and task_id = $2", APage)]
    [InlineData("owner_id = $1 and correlation_id = 'c777'", APage)]
    [InlineData("owner_id = $1 and type = 'todo.task.created.v1'", APage)]
    [InlineData("owner_id = $1 and type = 'todo.task.restored.v1'", AnOwnersIndex)]
    [InlineData("owner_id = $1 and type = 'todo.nothing.v1'", AnOwnersIndex)]
    [InlineData("owner_id = $1 and occurred_at >= now() - interval '70 days' and occurred_at < now() - interval '69 days'", AnOwnersIndex)]
    [InlineData("owner_id = $1 and occurred_at < now() - interval '69 days'", AnOwnersIndex)]
    [InlineData("true", APage)]
    [InlineData("task_id = $2", APage)]
    [InlineData("correlation_id = 'c777'", APage)]
    [InlineData("type = 'todo.task.restored.v1'", APage)]
    [InlineData("occurred_at >= now() - interval '1 day'", APage)]
    public async Task A_page_of_the_audit_reads_a_bounded_part_of_it(string condition, int blocks)
    {
        foreach (var mode in (string[])["force_custom_plan", "force_generic_plan"])
        {
            var plan = await audit.ExplainAsync($"select * from ops.audit where {condition} order by audit_id desc limit $3", mode);

            (Number(plan, "Shared Hit Blocks") + Number(plan, "Shared Read Blocks")).Should().BeLessThanOrEqualTo(blocks, $"{mode}: {plan}");
            plan.ToString().Should().NotContain("Seq Scan");
        }
    }

    private static long Number(JsonElement plan, string name) => plan.GetProperty(name).GetInt64();

    /// <summary>An audit of 100,000 entries, 60,000 of them one owner's.</summary>
    public sealed class FullAudit : IAsyncLifetime
    {
        private readonly PostgresFixture _postgres = new();
        private NpgsqlDataSource _source = null!;

        public async ValueTask InitializeAsync()
        {
            await _postgres.InitializeAsync();
            _source = NpgsqlDataSource.Create(await _postgres.CreateDatabaseAsync());
            var options = new DbContextOptionsBuilder<WorkersDbContext>();
            options.UseWorkersTables();
            await using var db = new WorkersDbContext(options.UseNpgsql(_source, npgsql => npgsql.MigrationsHistoryTable("migrations", "sagas")).Options);
            await db.Database.MigrateAsync();
            await using var fill = _source.CreateCommand("""
                insert into audit.entries (message_id, type, task_id, owner_id, occurred_at, recorded_at, correlation_id, topic, partition, "offset", payload)
                select gen_random_uuid(),
                    case when n % 5000 = 1 then 'todo.task.restored.v1' when n % 3 = 0 then 'todo.task.created.v1' else 'todo.task.updated.v1' end,
                    md5('task' || n / 4)::uuid, md5('owner' || case when n % 10 < 6 then 0 else n % 200 end)::uuid, now() - (100000 - n) * interval '1 minute', now(), 'c' || n / 3, 'task-events', 0, n,
                    jsonb_build_object('title', repeat('words ', 60) || n)
                from generate_series(1, 100000) n
                """);
            fill.CommandTimeout = 120;
            await fill.ExecuteNonQueryAsync();
            await using var analyze = _source.CreateCommand("vacuum (analyze) audit.entries");
            await analyze.ExecuteNonQueryAsync();
        }

        public async Task<JsonElement> ExplainAsync(string sql, string mode)
        {
            await using var connection = await _source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand($"""
                set plan_cache_mode = {mode}; set jit = off; set max_parallel_workers_per_gather = 0;
                prepare page (uuid, uuid, int) as {sql};
                explain (analyze, buffers, timing off, format json) execute page (md5('owner0')::uuid, md5('task10')::uuid, 101);
                deallocate page;
                """, connection);
            var told = (string)(await command.ExecuteScalarAsync())!;
            return JsonDocument.Parse(told).RootElement[0].GetProperty("Plan");
        }

        public async ValueTask DisposeAsync()
        {
            await _source.DisposeAsync();
            await _postgres.DisposeAsync();
        }
    }
}
