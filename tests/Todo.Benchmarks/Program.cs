using Todo.Benchmarks.Api;
using Todo.Benchmarks.Outbox;
using Todo.Benchmarks.Sagas;
using Todo.Benchmarks.Timers;
using Todo.Benchmarks.Web;

// `./todo bench NAME [--json]`: one benchmark, with the limit it is compared with measured in the same run.
var benchmarks = new SortedDictionary<string, Func<bool, Task<int>>>(StringComparer.Ordinal)
{
    ["api"] = ApiBenchmark.RunAsync,
    ["live"] = LiveBenchmark.RunAsync,
    ["outbox"] = OutboxBenchmark.RunAsync,
    ["sagas"] = SagasBenchmark.RunAsync,
    ["timers"] = TimersBenchmark.RunAsync,
    ["web"] = WebBenchmark.RunAsync,
};

var name = args.FirstOrDefault(argument => !argument.StartsWith('-'));
if (name is null || !benchmarks.TryGetValue(name, out var run))
{
    await Console.Error.WriteLineAsync($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

return await run(args.Contains("--json"));
