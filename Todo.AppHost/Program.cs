using Todo.AppHost;
using Todo.AppHost.Benchmarks;
using Todo.AppHost.Testing;
using Todo.AppHost.Tools;
using Todo.AppHost.Up;

try
{
    return args switch
    {
        ["help" or "--help" or "-h", ..] => Help.Print(),
        ["test", .. var rest] => await RunTests.RunAsync(rest),
        ["screens", .. var rest] => await RunScreens.RunAsync(rest),
        ["bench", .. var rest] => await RunBenchmark.RunAsync(rest),
        [("audit" or "dead-letters" or "outbox" or "events") and var tool, .. var rest] => await RunTool.RunAsync(tool, rest),
        ["up", .. var rest] => await BringUp.RunAsync(rest),
        // `dotnet run --project Todo.AppHost`, with or without options, means up.
        [] or [['-', ..], ..] => await BringUp.RunAsync(args),
        [var unknown, ..] => throw new HostException($"There is no command '{unknown}'; ./todo help lists them."),
    };
}
catch (HostException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
