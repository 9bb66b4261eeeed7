using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Todo.Api.Tests.Storage;

/// <summary>Hears from Postgres (auto_explain) how it ran every statement of every request: the plan it really took, not one made for a test.</summary>
internal sealed class PlanWatch(IHttpContextAccessor requests) : DbConnectionInterceptor
{
    /// <summary>What makes Postgres tell, for a connection string.</summary>
    public const string Options =
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_buffers=on "
        + "-c auto_explain.log_timing=off -c auto_explain.log_format=json -c auto_explain.log_level=notice -c jit=off";

    private readonly ConcurrentQueue<RanPlan> _plans = new();

    /// <summary><c>force_generic_plan</c> for what Postgres may do once it has prepared a statement: to plan it without knowing the values.</summary>
    public string PlanCacheMode { get; set; } = "auto";

    public List<RanPlan> Take()
    {
        var plans = new List<RanPlan>();
        while (_plans.TryDequeue(out var plan))
            plans.Add(plan);
        return plans;
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (requests.HttpContext is null)
            return;
        await using var command = connection.CreateCommand();
        command.CommandText = $"SET plan_cache_mode = {PlanCacheMode}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        ((NpgsqlConnection)connection).Notice += Hear;
    }

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        ((NpgsqlConnection)connection).Notice -= Hear;
        return ValueTask.FromResult(result);
    }

    private void Hear(object sender, NpgsqlNoticeEventArgs told)
    {
        if (told.Notice.MessageText is var text && text.StartsWith("duration: ", StringComparison.Ordinal) && text.IndexOf('{', StringComparison.Ordinal) is > 0 and var start)
            _plans.Enqueue(RanPlan.Read(text[start..]));
    }
}

/// <summary>A statement, and what Postgres touched to answer it.</summary>
internal sealed record RanPlan(string Sql, string Plan, IReadOnlyList<string> ScannedWhole, long RowsRead, long Blocks)
{
    public static RanPlan Read(string json)
    {
        using var told = JsonDocument.Parse(json);
        var root = told.RootElement.GetProperty(nameof(Plan));
        var nodes = Nodes(root).ToList();
        return new RanPlan(
            told.RootElement.GetProperty("Query Text").GetString()!,
            Shape(root, 0),
            [.. nodes.Where(node => Text(node, "Node Type") == "Seq Scan").Select(node => Text(node, "Relation Name"))],
            nodes.Where(node => Text(node, "Node Type").EndsWith("Scan", StringComparison.Ordinal)).Sum(Rows),
            Number(root, "Shared Hit Blocks") + Number(root, "Shared Read Blocks"));
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];

    /// <summary>With those that were read only to be thrown away.</summary>
    private static long Rows(JsonElement node) =>
        (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck")) * Number(node, "Actual Loops");

    private static string Shape(JsonElement node, int depth) =>
        $"{new string(' ', 2 * depth)}{Text(node, "Node Type")} {Text(node, "Index Name")}{Text(node, "Relation Name")} rows {Number(node, "Actual Rows")} x {Number(node, "Actual Loops")}, removed {Number(node, "Rows Removed by Filter")}\n"
        + (node.TryGetProperty("Plans", out var below) ? string.Concat(below.EnumerateArray().Select(one => Shape(one, depth + 1))) : "");

    private static string Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static long Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? (long)value.GetDouble() : 0;
}
