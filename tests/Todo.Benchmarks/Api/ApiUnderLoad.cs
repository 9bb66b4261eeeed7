using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Todo.AppHost;
using Todo.AppHost.Dapr;
using Todo.Contracts;
using Todo.Contracts.Account;

namespace Todo.Benchmarks.Api;

/// <summary>The Api in a process of its own, with everything it needs: Postgres, Kafka and the sidecar.</summary>
internal sealed class ApiUnderLoad : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Sidecar _sidecar;
    private readonly string _folder;

    private ApiUnderLoad(BenchServers servers, Sidecar sidecar, Process process, string folder, Uri address) =>
        (Servers, _sidecar, _process, _folder, Address) = (servers, sidecar, process, folder, address);

    public BenchServers Servers { get; }

    public Uri Address { get; }

    public static async Task<ApiUnderLoad> StartAsync()
    {
        var servers = await BenchServers.StartAsync([.. Topics.All]);
        var folder = Directory.CreateTempSubdirectory("todo-bench-api-").FullName;
        var secrets = new Dictionary<string, string>
        {
            ["ConnectionStrings--Todo"] = servers.ConnectionString,
            ["state-connection-string"] = LibpqConnectionString.FromNpgsql(servers.ConnectionString),
            ["kafka-brokers"] = servers.BootstrapServers,
        };
        await File.WriteAllTextAsync(Path.Combine(folder, "secrets.json"), JsonSerializer.Serialize(secrets));
        var tokens = ApiTokens.For("todo-api");
        var sidecar = await Sidecar.StartAsync(await Components.LoadAsync(Repository.LocalComponents, folder, CancellationToken.None), tokens);

        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Todo.Api.dll")]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var (name, value) in Settings(servers, sidecar, tokens["todo-api"], address))
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Debug.WriteLine(line.Data);
        process.BeginOutputReadLine();
        var api = new ApiUnderLoad(servers, sidecar, process, folder, address);
        await api.ReadyAsync();
        return api;
    }

    /// <summary>A browser of somebody new.</summary>
    public async Task<(HttpClient Http, Guid UserId)> SomebodyAsync()
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 64 }) { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        http.DefaultRequestHeaders.Add("X-Zone", "Europe/Paris");
        var answer = await http.PostAsJsonAsync("/api/v1/account/sign-up", new SignUpRequest($"{Guid.NewGuid():N}@example.org", "a benchmark password"));
        answer.EnsureSuccessStatusCode();
        return (http, (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.AccountView))!.UserId);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _sidecar.DisposeAsync();
        await Servers.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string> Settings(BenchServers servers, Sidecar sidecar, string token, Uri address) => new()
    {
        ["ASPNETCORE_URLS"] = address.ToString(),
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["DOTNET_gcServer"] = "0",
        ["DAPR_GRPC_ENDPOINT"] = sidecar.GrpcEndpoint,
        ["DAPR_HTTP_ENDPOINT"] = sidecar.HttpEndpoint,
        ["DAPR_API_TOKEN"] = token,
        ["Kafka__BootstrapServers"] = servers.BootstrapServers,
        ["Kafka__GroupProtocol"] = servers.GroupProtocol,
        ["Kafka__FetchWaitMaxMs"] = "10",
        ["Accounts__ConfirmAddresses"] = "false",
        ["Limits__Burst"] = "1000000",
        ["Limits__PerSecond"] = "1000000",
        ["Limits__SignInsPerMinute"] = "100000",
        ["Logging__LogLevel__Default"] = "Error",
    };

    private async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(100))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The Api stopped with {_process.ExitCode}.");
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
        }

        throw new TimeoutException("The Api was not ready within two minutes.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
