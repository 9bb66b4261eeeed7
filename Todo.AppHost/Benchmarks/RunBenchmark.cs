using Todo.AppHost.Processes;
using Todo.AppHost.Up;

namespace Todo.AppHost.Benchmarks;

/// <summary>`./todo bench`: builds the benchmarks and hands over to them, since they know their own names.</summary>
internal static class RunBenchmark
{
    private const string Project = "tests/Todo.Benchmarks";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        // With --json nothing but JSON belongs on standard output.
        await Console.Error.WriteLineAsync("Building the benchmarks…");
        await Dotnet.BuildAsync(Project, CancellationToken.None);
        return await Attached.RunAsync(Dotnet.Path, ["exec", Path.Combine(Dotnet.OutputOf(Project), "Todo.Benchmarks.dll"), .. arguments]);
    }
}
