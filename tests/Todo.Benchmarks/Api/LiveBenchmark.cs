using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Live;

namespace Todo.Benchmarks.Api;

/// <summary>From one browser's request to another's ears, over Postgres, outbox, Kafka and hub: 100 changes a second, 200 browsers listening.</summary>
internal static class LiveBenchmark
{
    private const int Browsers = 200;
    private const int PeopleCount = 100;
    private const int PerSecond = 100;
    private const int Seconds = 20;
    private const int WarmUpSeconds = 5;

    public static async Task<int> RunAsync(bool json)
    {
        await using var api = await ApiUnderLoad.StartAsync();
        var people = new List<HttpClient>();
        var browsers = new List<HubConnection>();
        var sent = new ConcurrentDictionary<string, long>();
        var took = new ConcurrentBag<double>();
        for (var i = 0; i < PeopleCount; i++)
        {
            var (http, _) = await api.SomebodyAsync();
            people.Add(http);
            for (var b = 0; b < Browsers / PeopleCount; b++)
                browsers.Add(await ListenAsync(api, http, change => Heard(change, sent, took)));
        }

        await ChangeAsync(people, sent, WarmUpSeconds);
        await WaitAsync(took, WarmUpSeconds * PerSecond * Browsers / PeopleCount);
        took.Clear();
        var clock = Stopwatch.StartNew();
        await ChangeAsync(people, sent, Seconds);
        var rate = Seconds * PerSecond / clock.Elapsed.TotalSeconds;
        await WaitAsync(took, Seconds * PerSecond * Browsers / PeopleCount);

        var result = new { changesPerSecond = Math.Round(rate), browsers = Browsers, p50Ms = Percentiles.At(took, 0.5), p99Ms = Percentiles.At(took, 0.99) };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(result)
            : $"{result.changesPerSecond} changes/s to {result.browsers} browsers: p50 {result.p50Ms} ms, p99 {result.p99Ms} ms from request to push");
        foreach (var browser in browsers)
            await browser.DisposeAsync();
        return 0;
    }

    private static void Heard(TaskChanged change, ConcurrentDictionary<string, long> sent, ConcurrentBag<double> took)
    {
        if (change.CommandId is { } id && sent.TryGetValue(id, out var at))
            took.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
    }

    private static async Task<HubConnection> ListenAsync(ApiUnderLoad api, HttpClient http, Action<TaskChanged> hear)
    {
        var answer = await http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("listener", ["tasks:read"]));
        var token = await answer.Content.ReadFromJsonAsync<TokenView>(ContractsJson.Default.Options);
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(api.Address, "/hubs/tasks"), options => options.AccessTokenProvider = () => Task.FromResult(token!.Secret))
            .AddJsonProtocol(protocol => protocol.PayloadSerializerOptions = new(ContractsJson.Default.Options))
            .Build();
        connection.On(nameof(ITaskHubClient.TaskChanged), hear);
        await connection.StartAsync();
        return connection;
    }

    private static async Task ChangeAsync(List<HttpClient> people, ConcurrentDictionary<string, long> sent, int seconds)
    {
        var clock = Stopwatch.StartNew();
        var requests = new List<Task>();
        for (var n = 0; n < seconds * PerSecond; n++)
        {
            var wait = TimeSpan.FromSeconds((double)n / PerSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            requests.Add(OneAsync(people[n % people.Count], sent));
        }

        await Task.WhenAll(requests);
    }

    private static async Task OneAsync(HttpClient http, ConcurrentDictionary<string, long> sent)
    {
        var id = Guid.NewGuid().ToString("N");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tasks") { Content = JsonContent.Create(new { title = "A live change" }) };
        request.Headers.Add("X-Command-Id", id);
        sent[id] = Stopwatch.GetTimestamp();
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static async Task WaitAsync(ConcurrentBag<double> took, int expected)
    {
        for (var patience = Stopwatch.StartNew(); took.Count < expected; await Task.Delay(20))
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"Only {took.Count} of {expected} pushes arrived.");
        }
    }
}
