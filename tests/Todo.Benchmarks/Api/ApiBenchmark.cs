using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Todo.Benchmarks.Api;

/// <summary>Tasks created a second over HTTP, against pgbench running the same inserts with as many connections; then the today view of somebody with 100,000 tasks.</summary>
internal static partial class ApiBenchmark
{
    private const int Connections = 16;
    private const int Users = 32;
    private const int ManyTasks = 100_000;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(bool json)
    {
        await using var api = await ApiUnderLoad.StartAsync();
        var people = new List<(HttpClient Http, Guid UserId)>();
        for (var i = 0; i < Users; i++)
            people.Add(await api.SomebodyAsync());

        await WarmUpAsync(people);
        var full = await CreateAsync(people, Time, null);
        var limit = await PgbenchAsync(api.Servers.ConnectionString);
        var half = await CreateAsync(people, Time, full.Count / Time.TotalSeconds / 2);
        var today = await TodayViewAsync(api, people[0]);

        var perSecond = full.Count / Time.TotalSeconds;
        var result = new
        {
            createsPerSecond = Math.Round(perSecond),
            limitPerSecond = Math.Round(limit),
            ratio = Math.Round(perSecond / limit, 2),
            p50Ms = Percentiles.At(half, 0.5),
            p99Ms = Percentiles.At(half, 0.99),
            todayViewP99Ms = Percentiles.At(today, 0.99),
        };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(result)
            : $"{result.createsPerSecond:N0} creates/s, {result.ratio} × the {result.limitPerSecond:N0}/s of pgbench; at half load p50 {result.p50Ms} ms, p99 {result.p99Ms} ms; today view among {ManyTasks:N0} tasks p99 {result.todayViewP99Ms} ms");
        return 0;
    }

    /// <summary>
    /// Until it gets no faster. The JIT compiler shares two cores with everything else here, and sees to the thousands of
    /// methods of one request only by and by.
    /// </summary>
    private static async Task WarmUpAsync(List<(HttpClient Http, Guid UserId)> people)
    {
        var (best, stale) = (0, 0);
        for (var patience = Stopwatch.StartNew(); stale < 3 && patience.Elapsed < TimeSpan.FromSeconds(90);)
        {
            var count = (await CreateAsync(people, TimeSpan.FromSeconds(4), null)).Count;
            stale = count > best * 1.05 ? 0 : stale + 1;
            best = Math.Max(best, count);
        }
    }

    /// <summary>As many as go, or so many a second; how long each took, in milliseconds.</summary>
    private static async Task<List<double>> CreateAsync(List<(HttpClient Http, Guid UserId)> people, TimeSpan time, double? perSecond)
    {
        var clock = Stopwatch.StartNew();
        var sent = 0;
        var workers = Enumerable.Range(0, Connections).Select(async _ =>
        {
            var took = new List<double>();
            while (clock.Elapsed < time)
            {
                var n = Interlocked.Increment(ref sent);
                if (perSecond is { } rate && TimeSpan.FromSeconds(n / rate) - clock.Elapsed is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait);
                var started = Stopwatch.GetTimestamp();
                using var answer = await people[n % people.Count].Http.PostAsJsonAsync("/api/v1/tasks", new { title = $"Task {n} of the benchmark", priority = 1 + n % 4, due = new { date = "2026-05-11" } });
                answer.EnsureSuccessStatusCode();
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return took;
        });
        return [.. (await Task.WhenAll(workers)).SelectMany(took => took)];
    }

    /// <summary>Transactions a second of the same statements: the owner's number, the task, its change, two rows of outbox.</summary>
    private static async Task<double> PgbenchAsync(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Script);
        var start = new ProcessStartInfo(Pgbench(), ["-n", "-M", "prepared", "-c", $"{Connections}", "-j", "2", "-T", $"{Time.TotalSeconds:0}", "-f", script, "-h", server.Host!.Split(',')[0], "-p", $"{server.Port}", "-U", server.Username!, server.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        File.Delete(script);
        return Tps().Match(output) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench said no number of transactions: {output} {await errors}");
    }

    private static string Pgbench() =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order().LastOrDefault() ?? "pgbench" : "pgbench";

    private static async Task<List<double>> TodayViewAsync(ApiUnderLoad api, (HttpClient Http, Guid UserId) person)
    {
        await using var source = NpgsqlDataSource.Create(api.Servers.ConnectionString);
        await using var fill = source.CreateCommand(
            $"""
            INSERT INTO tasks.tasks (task_id, owner_id, title, state, priority, labels, due_date, reminders, zone, sort_order, created_at, updated_at, version)
            SELECT gen_random_uuid(), '{person.UserId}', 'Task ' || n, 'open', 1 + n % 4, '[]'::text::text[], CASE WHEN n % 3 = 0 THEN NULL ELSE current_date - 15 + n % 1000 END, '[]', 'UTC', 'U' || n || '1', now(), now(), 1
            FROM generate_series(1, {ManyTasks}) n;
            ANALYZE tasks.tasks;
            """.Replace("'[]'::text::text[]", "'{}'::text[]", StringComparison.Ordinal));
        fill.CommandTimeout = 300;
        await fill.ExecuteNonQueryAsync();

        var took = new List<double>();
        for (var i = 0; i < 320; i++)
        {
            var started = Stopwatch.GetTimestamp();
            (await person.Http.GetAsync("/api/v1/tasks?view=today")).EnsureSuccessStatusCode();
            if (i >= 20)
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return took;
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Tps();

    private const string Script =
        """
        \set owner random(1, 32)
        BEGIN;
        INSERT INTO tasks.owners AS o (owner_id, sequence, forgotten_up_to) VALUES (md5('owner' || :owner)::uuid, 1, 0) ON CONFLICT (owner_id) DO UPDATE SET sequence = o.sequence + 1 RETURNING sequence;
        INSERT INTO tasks.tasks (task_id, owner_id, title, state, priority, labels, due_date, reminders, zone, sort_order, created_at, updated_at, version)
            VALUES (gen_random_uuid(), md5('owner' || :owner)::uuid, 'Task of the benchmark', 'open', 2, '{}', '2026-05-11', '[]', 'Europe/Paris', 'UabcdeFG1', now(), now(), 1);
        INSERT INTO tasks.changes (owner_id, sequence, task_id, task, occurred_at)
            SELECT owner_id, sequence, gen_random_uuid(), jsonb_build_object('title', 'Task of the benchmark', 'pad', repeat('x', 400)), now() FROM tasks.owners WHERE owner_id = md5('owner' || :owner)::uuid;
        INSERT INTO bus.outbox (lane, topic, key, value, headers, message_id, message_type)
            VALUES (0, 'bench-limit', 'k', convert_to(repeat('x', 800), 'UTF8'), '{}', gen_random_uuid(), 'bench'), (1, 'bench-limit', 'k', convert_to(repeat('x', 800), 'UTF8'), '{}', gen_random_uuid(), 'bench');
        COMMIT;
        """;
}
