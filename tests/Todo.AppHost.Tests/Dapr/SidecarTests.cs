using System.Text.Json;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Npgsql;
using Todo.AppHost.Dapr;
using Todo.Testing;

namespace Todo.AppHost.Tests.Dapr;

/// <summary>The sidecar as Dapr's own client sees it, on the component files of the repository.</summary>
public sealed class SidecarTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Store = "todo-state";

    private readonly string _folder = Directory.CreateTempSubdirectory("todobus-sidecar-").FullName;
    private string _connectionString = "";
    private ApiTokens _tokens = null!;
    private Sidecar _sidecar = null!;
    private DaprClient _dapr = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        var secrets = new Dictionary<string, object>
        {
            ["state-connection-string"] = LibpqConnectionString.FromNpgsql(_connectionString),
            ["kafka-brokers"] = "127.0.0.1:9092",
            ["Mail"] = new { Password = "hush" },
        };
        await File.WriteAllTextAsync(Path.Combine(_folder, "secrets.json"), JsonSerializer.Serialize(secrets), Ct);

        _tokens = ApiTokens.For("todo-api", "todo-workers");
        _sidecar = await Sidecar.StartAsync(await Components.LoadAsync(Repository.LocalComponents, _folder, Ct), _tokens, Ct);
        _dapr = ClientFor("todo-api");
    }

    public async ValueTask DisposeAsync()
    {
        _dapr.Dispose();
        await _sidecar.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_is_healthy_and_ready_to_be_waited_for()
    {
        await _dapr.WaitForSidecarAsync(Ct);

        (await _dapr.CheckHealthAsync(Ct)).Should().BeTrue();
        (await _dapr.CheckOutboundHealthAsync(Ct)).Should().BeTrue();
    }

    [Fact]
    public async Task A_secret_is_found_by_its_name_and_nested_ones_by_a_colon()
    {
        var flat = await _dapr.GetSecretAsync("todo-secrets", "kafka-brokers", cancellationToken: Ct);
        var nested = await _dapr.GetSecretAsync("todo-secrets", "Mail:Password", cancellationToken: Ct);

        flat.Should().Equal(new Dictionary<string, string> { ["kafka-brokers"] = "127.0.0.1:9092" });
        nested.Should().Equal(new Dictionary<string, string> { ["Mail:Password"] = "hush" });
    }

    [Fact]
    public async Task All_secrets_come_in_one_call()
    {
        var all = await _dapr.GetBulkSecretAsync("todo-secrets", cancellationToken: Ct);

        all.Keys.Should().BeEquivalentTo("state-connection-string", "kafka-brokers", "Mail:Password");
        all["Mail:Password"]["Mail:Password"].Should().Be("hush");
    }

    [Theory]
    [InlineData("todo-secrets", "nothing", StatusCode.Internal)]
    [InlineData("elsewhere", "kafka-brokers", StatusCode.InvalidArgument)]
    public async Task A_secret_or_store_that_is_not_there_fails_as_with_Dapr(string store, string key, StatusCode expected)
    {
        var asking = () => _dapr.GetSecretAsync(store, key, cancellationToken: Ct);

        (await asking.Should().ThrowAsync<DaprException>()).WithInnerException<RpcException>().Which.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task What_is_saved_is_read_back_and_gone_once_deleted()
    {
        await _dapr.SaveStateAsync(Store, "zone", "Europe/Berlin", cancellationToken: Ct);
        var saved = await _dapr.GetStateAsync<string?>(Store, "zone", cancellationToken: Ct);
        await _dapr.DeleteStateAsync(Store, "zone", cancellationToken: Ct);
        var (gone, etag) = await _dapr.GetStateAndETagAsync<string?>(Store, "zone", cancellationToken: Ct);

        saved.Should().Be("Europe/Berlin");
        gone.Should().BeNull();
        etag.Should().BeEmpty();
    }

    [Fact]
    public async Task A_save_with_an_old_etag_changes_nothing()
    {
        await _dapr.SaveStateAsync(Store, "k", 1, cancellationToken: Ct);
        var (_, first) = await _dapr.GetStateAndETagAsync<int>(Store, "k", cancellationToken: Ct);

        var fresh = await _dapr.TrySaveStateAsync(Store, "k", 2, first, cancellationToken: Ct);
        var stale = await _dapr.TrySaveStateAsync(Store, "k", 3, first, cancellationToken: Ct);
        var deleted = await _dapr.TryDeleteStateAsync(Store, "k", first, cancellationToken: Ct);
        var invented = await _dapr.TrySaveStateAsync(Store, "k", 4, "no-etag-of-ours", cancellationToken: Ct);

        (fresh, stale, deleted, invented).Should().Be((true, false, false, false));
        (await _dapr.GetStateAsync<int>(Store, "k", cancellationToken: Ct)).Should().Be(2);
    }

    [Fact]
    public async Task Of_many_first_writes_one_wins()
    {
        var options = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };

        var tries = await Task.WhenAll(Enumerable.Range(1, 16).Select(async number =>
        {
            try
            {
                await _dapr.SaveStateAsync(Store, "once", number, options, cancellationToken: Ct);
                return number;
            }
            catch (DaprException e) when (e.InnerException is RpcException { StatusCode: StatusCode.Internal })
            {
                return 0;
            }
        }));

        var winner = tries.Where(number => number > 0).Should().ContainSingle().Subject;
        (await _dapr.GetStateAsync<int>(Store, "once", cancellationToken: Ct)).Should().Be(winner);
    }

    [Fact]
    public async Task A_state_with_a_time_to_live_disappears_and_may_be_written_first_again()
    {
        var metadata = new Dictionary<string, string> { ["ttlInSeconds"] = "1" };
        var firstWrite = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };
        await _dapr.SaveStateAsync(Store, "brief", "here", firstWrite, metadata, Ct);
        var before = await _dapr.GetStateAsync<string?>(Store, "brief", cancellationToken: Ct);

        await Eventually.Get(() => _dapr.GetStateAsync<string?>(Store, "brief", cancellationToken: Ct), state => state is null);
        await _dapr.SaveStateAsync(Store, "brief", "again", firstWrite, metadata, Ct);

        before.Should().Be("here");
        (await _dapr.GetStateAsync<string?>(Store, "brief", cancellationToken: Ct)).Should().Be("again");
    }

    [Fact]
    public async Task A_bulk_read_answers_each_key_once_present_or_not()
    {
        await _dapr.SaveStateAsync(Store, "a", "1", cancellationToken: Ct);

        var items = await _dapr.GetBulkStateAsync(Store, ["a", "b", "a"], parallelism: 1, cancellationToken: Ct);

        items.Select(item => item.Key).Should().BeEquivalentTo("a", "b");
        items.Single(item => item.Key == "a").Value.Should().Be("\"1\"");
        items.Single(item => item.Key == "b").Value.Should().BeEmpty();
    }

    [Fact]
    public async Task A_transaction_happens_as_a_whole_or_not_at_all()
    {
        await _dapr.SaveStateAsync(Store, "kept", 1, cancellationToken: Ct);
        var stale = Guid.NewGuid().ToString();

        var failing = () => _dapr.ExecuteStateTransactionAsync(
            Store,
            [
                new StateTransactionRequest("new", JsonSerializer.SerializeToUtf8Bytes(1), StateOperationType.Upsert),
                new StateTransactionRequest("kept", JsonSerializer.SerializeToUtf8Bytes(2), StateOperationType.Upsert, stale),
            ],
            cancellationToken: Ct);

        (await failing.Should().ThrowAsync<DaprException>()).WithInnerException<RpcException>().Which.StatusCode.Should().Be(StatusCode.Internal);
        (await _dapr.GetStateAsync<int?>(Store, "new", cancellationToken: Ct)).Should().BeNull();
        (await _dapr.GetStateAsync<int>(Store, "kept", cancellationToken: Ct)).Should().Be(1);
    }

    [Fact]
    public async Task Two_apps_do_not_see_each_others_keys()
    {
        using var other = ClientFor("todo-workers");
        await _dapr.SaveStateAsync(Store, "mine", "api", cancellationToken: Ct);

        var seen = await other.GetStateAsync<string?>(Store, "mine", cancellationToken: Ct);

        seen.Should().BeNull();
        (await ScalarAsync("select key from dapr.state where key like '%mine'")).Should().Be("todo-api||mine");
    }

    [Fact]
    public async Task A_wrong_token_opens_nothing()
    {
        using var stranger = Client("guess");

        var asking = () => stranger.GetBulkSecretAsync("todo-secrets", cancellationToken: Ct);

        (await asking.Should().ThrowAsync<DaprException>()).WithInnerException<RpcException>().Which.StatusCode.Should().Be(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Publishing_is_left_to_a_real_sidecar_and_says_so()
    {
        var publishing = () => _dapr.PublishEventAsync("todo-pubsub", "task-events", new { a = 1 }, Ct);

        (await publishing.Should().ThrowAsync<DaprException>()).WithInnerException<RpcException>().Which.StatusCode.Should().Be(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task It_lists_its_components()
    {
        var metadata = await _dapr.GetMetadataAsync(Ct);

        metadata.Id.Should().Be("todo-api");
        metadata.Components.Select(component => component.Name).Should().BeEquivalentTo("todo-secrets", "todo-state", "todo-pubsub");
    }

    [Fact]
    public async Task Its_tables_are_those_Dapr_makes()
    {
        await _dapr.SaveStateAsync(Store, "any", 1, cancellationToken: Ct);

        var columns = await ScalarAsync(
            "select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_schema = 'dapr' and table_name = 'state'");

        columns.Should().Be("key,value,etag,created_at,updated_at,expires_at,row_id");
    }

    private DaprClient ClientFor(string app) => Client(_tokens[app]);

    private DaprClient Client(string token) =>
        new DaprClientBuilder()
            .UseGrpcEndpoint(_sidecar.GrpcEndpoint)
            .UseHttpEndpoint(_sidecar.HttpEndpoint)
            .UseDaprApiToken(token)
            .Build();

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
