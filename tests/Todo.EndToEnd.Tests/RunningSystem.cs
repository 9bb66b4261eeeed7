using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Todo.AppHost;
using Todo.AppHost.Postgres;
using Todo.AppHost.Processes;
using Todo.AppHost.Up;
using Todo.Testing;

namespace Todo.EndToEnd.Tests;

/// <summary>The whole system, started and stopped by the command a person uses, on a port and in a folder of its own.</summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(3);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly int _port = FreePort.Any();
    private ChildProcess? _host;

    public int Port => _port;

    public string Address => $"http://localhost:{_port}";

    public string Kafka => Secrets["kafka-brokers"];

    public string ConnectionString => Secrets["ConnectionStrings--Todo"];

    public string MailFolder => Path.Combine(Folder, "mail");

    public string DemoPassword => File.ReadAllText(Path.Combine(Folder, "demo-password"));

    private string Folder => Repository.PathTo(".todo", _port.ToString(CultureInfo.InvariantCulture));

    private Dictionary<string, string> Secrets =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, "secrets.json")))!;

    public async ValueTask InitializeAsync() => await StartAsync();

    public async Task StartAsync()
    {
        _said.Clear();
        var program = Path.Combine(Dotnet.OutputOf("Todo.AppHost"), "Todo.AppHost.dll");
        _host = ChildProcess.Start(
            new ChildProgram(Dotnet.Path, "exec", program, "up", "--no-build", "--demo", "--port", _port.ToString(CultureInfo.InvariantCulture)),
            _said.Enqueue);
        await Eventually.Get(() => string.Join('\n', _said), said => said.Contains("TodoBus is up"), StartWithin);
    }

    /// <summary>Every process it consists of now: what the command started, and the database server, which is nobody's child.</summary>
    internal async Task<IReadOnlyList<ProcessTable.Entry>> ProcessesAsync()
    {
        var backend = (int)(await QueryAsync("select pg_backend_pid() as pid"))[0]["pid"]!;
        var table = ProcessTable.Read();
        var server = table.ParentOf(backend) ?? throw new InvalidOperationException("The connection ended before its server was found.");
        return [.. table.WithDescendants(_host!.Id), .. table.WithDescendants(server)];
    }

    /// <summary>What Ctrl-C does; the time it took.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var time = Stopwatch.StartNew();
        await _host!.StopAsync(TimeSpan.FromSeconds(20));
        _host.Dispose();
        _host = null;
        return time.Elapsed;
    }

    public void KillWorkers()
    {
        using var workers = ProcessOf("workers");
        workers.Kill();
    }

    /// <summary>Ends the Api, which is started again a moment later.</summary>
    public async Task EndApiAsync(bool politely)
    {
        using var api = ProcessOf("api");
        if (!politely)
            api.Kill();
        else if (!Signals.AskToStop(api))
            throw new InvalidOperationException("The Api could not be asked to stop.");
        await api.WaitForExitAsync();
    }

    /// <summary>A tool of the command line, beside the running system: what it said, and its exit code.</summary>
    public Task<(int Code, string Said)> RunToolAsync(string tool) => RunToolAsync([tool]);

    public async Task<(int Code, string Said)> RunToolAsync(IEnumerable<string> words, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var program = Path.Combine(Dotnet.OutputOf("Todo.AppHost"), "Todo.AppHost.dll");
        var result = await Command.RunAsync(Dotnet.Path, ["exec", program, .. words, "--no-build", "--port", _port.ToString(CultureInfo.InvariantCulture)], environment);
        return (result.ExitCode, result.Output);
    }

    public async Task<List<Dictionary<string, object?>>> QueryAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });

        var rows = new List<Dictionary<string, object?>>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, column => reader.IsDBNull(column) ? null : reader.GetValue(column)));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await StopAsync();

        // What the programs said is worth keeping only when somebody will read it.
        if (TestContext.Current.TestState?.Result == TestResult.Failed || Environment.GetEnvironmentVariable("TODO_KEEP") is { Length: > 0 })
            return;
        await PostgresCluster.DeleteAsync(Path.Combine(Folder, "postgres"));
        Directory.Delete(Folder, recursive: true);
    }

    private Process ProcessOf(string part) => Process.GetProcessById(int.Parse(File.ReadAllText(PidFile(part)), CultureInfo.InvariantCulture));

    private string PidFile(string part) => Path.Combine(Folder, "logs", part + ".pid");
}
