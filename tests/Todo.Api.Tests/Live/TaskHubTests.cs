using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Todo.Api.Live;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Live;
using Todo.Testing;

namespace Todo.Api.Tests.Live;

/// <summary>From the write over outbox, Kafka and consumer to the listener, all of it real.</summary>
public sealed class TaskHubTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_change_reaches_its_owner_with_their_command_id_and_nobody_else()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        await using var hers = await ListenAsync(ana);
        await using var his = await ListenAsync(ben);
        ana.Http.DefaultRequestHeaders.Add("X-Command-Id", "command-1");

        var task = await ana.AddAsync("live");
        await ben.AddAsync("his own");

        var change = await Eventually.Get(() => hers.Heard.FirstOrDefault(), heard => heard is not null, TimeSpan.FromSeconds(60));
        change!.TaskId.Should().Be(task.TaskId);
        change.CommandId.Should().Be("command-1");
        (await Eventually.Get(() => his.Heard.ToList(), heard => heard.Count > 0, TimeSpan.FromSeconds(60)))
            .Should().OnlyContain(heard => heard.OwnerId == ben.Id);
    }

    [Fact]
    public async Task How_a_list_is_shown_is_heard_of_by_its_owners_other_devices_and_only_when_it_changed()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        await using var hers = await ListenAsync(ana);
        await using var his = await ListenAsync(ben);

        await ChooseAsync(ana, "c-1", "priority");
        await ChooseAsync(ana, "c-2", "priority");
        await ChooseAsync(ana, "c-3", "date");
        await ChooseAsync(ben, "c-4", "label");

        var heard = await Eventually.Get(() => hers.HeardOfLists.ToList(), all => all.Any(one => one.CommandId == "c-3"), TimeSpan.FromSeconds(60));
        heard.Select(one => one.CommandId).Should().Equal("c-1", "c-3");
        (await Eventually.Get(() => his.HeardOfLists.ToList(), all => all.Count > 0, TimeSpan.FromSeconds(60))).Should().OnlyContain(one => one.OwnerId == ben.Id);
    }

    [Fact]
    public async Task Who_says_since_when_they_have_been_asking_misses_nothing_that_was_said_before_they_came()
    {
        var ana = await api.SomebodyAsync();
        await using var before = await ListenAsync(ana);
        var task = await ana.AddAsync("between the list and the line");
        await Eventually.True(() => !before.Heard.IsEmpty);

        await using var late = await ListenAsync(ana, "?asked=5");
        await using var careless = await ListenAsync(ana);

        // A replica that has not been listening for that long cannot know, and says that they should ask again.
        await Eventually.True(() => late.ToldToAsk || late.Heard.Any(heard => heard.TaskId == task.TaskId));
        (careless.ToldToAsk || !careless.Heard.IsEmpty).Should().BeFalse();
    }

    [Fact]
    public async Task Who_was_let_in_before_the_replica_read_its_topics_is_told_to_ask_again_when_it_does()
    {
        var ana = await api.SomebodyAsync();
        await Eventually.True(() => api.Api.Services.GetRequiredService<JustSaid>().Hears, TimeSpan.FromSeconds(60)); // it noticed by itself
        await using var early = await ListenAsync(ana);

        await api.Api.Services.GetRequiredService<BeginsToHear>().Ready(null!);

        await Eventually.True(() => early.ToldToAsk, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Nobody_listens_without_a_name()
    {
        await using var connection = Connection(null);

        await connection.Invoking(c => c.StartAsync()).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task Who_may_no_longer_listen_is_cut_off()
    {
        var ana = await api.SomebodyAsync();
        await using var revoked = await ListenAsync(ana);
        await using var kept = await ListenAsync(ana);
        await ana.Http.DeleteAsync($"/api/v1/account/tokens/{revoked.TokenId}");

        await api.Api.Services.GetRequiredService<Listeners>().LookAsync(TestContext.Current.CancellationToken);

        await Eventually.Get(() => revoked.Connection.State, state => state == HubConnectionState.Disconnected, TimeSpan.FromSeconds(60));
        kept.Connection.State.Should().Be(HubConnectionState.Connected);
    }

    private static async Task ChooseAsync(Person person, string commandId, string group)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/views") { Content = JsonContent.Create(new { items = new[] { new { place = "inbox", group } } }) };
        request.Headers.Add("X-Command-Id", commandId);
        (await person.Http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private async Task<Listener> ListenAsync(Person person, string query = "")
    {
        var token = await Person.ReadAsync<TokenView>(
            await person.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("listener", ["tasks:read"])), System.Net.HttpStatusCode.Created);
        var listener = new Listener(token.TokenId, Connection(token.Secret, query));
        await listener.Connection.StartAsync();
        return listener;
    }

    private HubConnection Connection(string? token, string query = "") => new HubConnectionBuilder()
        .WithUrl("http://localhost/hubs/tasks" + query, options =>
        {
            options.Transports = HttpTransportType.LongPolling;
            options.HttpMessageHandlerFactory = _ => api.Api.Server.CreateHandler();
            options.AccessTokenProvider = () => Task.FromResult(token);
        })
        .AddJsonProtocol(json => json.PayloadSerializerOptions = new(ContractsJson.Default.Options))
        .Build();

    private sealed class Listener : IAsyncDisposable
    {
        public Listener(Guid tokenId, HubConnection connection)
        {
            (TokenId, Connection) = (tokenId, connection);
            connection.On<TaskChanged>(nameof(ITaskHubClient.TaskChanged), Heard.Enqueue);
            connection.On<ListsChanged>(nameof(ITaskHubClient.ListsChanged), HeardOfLists.Enqueue);
            connection.On(nameof(ITaskHubClient.AskAgain), () => ToldToAsk = true);
        }

        public Guid TokenId { get; }

        public bool ToldToAsk { get; private set; }

        public HubConnection Connection { get; }

        public ConcurrentQueue<TaskChanged> Heard { get; } = new();

        public ConcurrentQueue<ListsChanged> HeardOfLists { get; } = new();

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
