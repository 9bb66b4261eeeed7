using System.Collections.Concurrent;
using System.Globalization;
using Todo.AppHost;
using Todo.AppHost.Postgres;
using Todo.AppHost.Processes;
using Todo.AppHost.Up;

namespace Todo.Benchmarks.Web;

/// <summary>Everything started as a person starts it, with the client published as it is deployed: trimmed, compressed, with names that never change their content.</summary>
internal sealed class PublishedSystem : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly string _client = Path.Combine(Path.GetTempPath(), $"todo-web-{Guid.NewGuid():N}");
    private readonly int _port = FreePort.Any();
    private ChildProcess? _host;

    private string Folder => Repository.PathTo(".todo", _port.ToString(CultureInfo.InvariantCulture));

    public string Address => $"http://localhost:{_port}";

    public static async Task<PublishedSystem> StartAsync()
    {
        var system = new PublishedSystem();
        try
        {
            await system.BringUpAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.StopAsync(TimeSpan.FromSeconds(20));
        _host?.Dispose();
        if (Directory.Exists(_client))
            Directory.Delete(_client, recursive: true);
        if (!Directory.Exists(Folder))
            return;
        await PostgresCluster.DeleteAsync(Path.Combine(Folder, "postgres"));
        Directory.Delete(Folder, recursive: true);
    }

    private async Task BringUpAsync()
    {
        await Console.Error.WriteLineAsync("Publishing the client…");
        var published = await Command.RunAsync(
            Dotnet.Path, ["publish", Repository.PathTo("Todo.Web"), "-c", "Release", "--nologo", "-v", "quiet", "-o", _client], timeout: TimeSpan.FromMinutes(10));
        if (!published.Succeeded)
            throw new HostException($"The client could not be published:{Environment.NewLine}{published.LastLines(25)}");

        await Console.Error.WriteLineAsync("Starting everything…");
        var program = Path.Combine(Dotnet.OutputOf("Todo.AppHost"), "Todo.AppHost.dll");
        _host = ChildProcess.Start(
            new ChildProgram(Dotnet.Path, "exec", program, "up", "--client", _client, "--port", _port.ToString(CultureInfo.InvariantCulture)), _said.Enqueue);
        var ended = _host.WaitForExitAsync();
        while (!_said.Any(line => line.Contains("TodoBus is up", StringComparison.Ordinal)))
        {
            await Task.WhenAny(ended, Task.Delay(200));
            if (ended.IsCompleted)
                throw new HostException($"The system did not start:{Environment.NewLine}{string.Join(Environment.NewLine, _said.TakeLast(20))}");
        }
    }
}
