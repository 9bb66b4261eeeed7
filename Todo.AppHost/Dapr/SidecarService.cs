using System.Globalization;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;

namespace Todo.AppHost.Dapr;

/// <summary>Answers the secret and state calls of Dapr's runtime API as daprd answers them, error codes included.</summary>
[BindServiceMethod(typeof(SidecarMethods), nameof(SidecarMethods.BindService))]
internal class SidecarService(Components components, ApiTokens tokens)
{
    // The methods are public and virtual because grpc-dotnet looks for them that way.
    public virtual Task<GetSecretResponse> GetSecret(GetSecretRequest request, ServerCallContext context)
    {
        AppOf(context);
        var secret = SecretStore(request.StoreName).Find(request.Key)
            ?? throw Error(StatusCode.Internal, $"failed getting secret with key {request.Key} from secret store {request.StoreName}: secret {request.Key} not found");
        return Task.FromResult(new GetSecretResponse { Data = { secret.ToDictionary() } });
    }

    public virtual Task<GetBulkSecretResponse> GetBulkSecret(GetBulkSecretRequest request, ServerCallContext context)
    {
        AppOf(context);
        var response = new GetBulkSecretResponse();
        foreach (var (name, values) in SecretStore(request.StoreName).All)
            response.Data.Add(name, new SecretResponse { Secrets = { values.ToDictionary() } });
        return Task.FromResult(response);
    }

    public virtual async Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context)
    {
        var (store, key) = Locate(request.StoreName, request.Key, context);
        var row = await Try(() => store.GetAsync(key, context.CancellationToken));
        if (row is null)
            return new GetStateResponse();

        var response = new GetStateResponse { Data = UnsafeByteOperations.UnsafeWrap(row.Value), Etag = row.Etag };
        AddExpiry(response.Metadata, row);
        return response;
    }

    public virtual async Task<GetBulkStateResponse> GetBulkState(GetBulkStateRequest request, ServerCallContext context)
    {
        var store = StateStore(request.StoreName);
        var wanted = request.Keys.Distinct().ToDictionary(key => FullKey(store, request.StoreName, key, context));
        var rows = (await Try(() => store.GetAsync(wanted.Keys, context.CancellationToken))).ToDictionary(row => row.Key);

        var response = new GetBulkStateResponse();
        foreach (var (full, key) in wanted)
        {
            var item = new BulkStateItem { Key = key };
            if (rows.TryGetValue(full, out var row))
            {
                item.Data = UnsafeByteOperations.UnsafeWrap(row.Value);
                item.Etag = row.Etag;
                AddExpiry(item.Metadata, row);
            }

            response.Items.Add(item);
        }

        return response;
    }

    public virtual async Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context)
    {
        var store = StateStore(request.StoreName);
        foreach (var item in request.States)
            await Try(() => store.ApplyAsync(Upsert(item, FullKey(store, request.StoreName, item.Key, context)), context.CancellationToken));
        return new Empty();
    }

    public virtual async Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context)
    {
        var (store, key) = Locate(request.StoreName, request.Key, context);
        await Try(() => store.ApplyAsync(new StateChange(key, null, EtagOf(request.Etag), false, null), context.CancellationToken));
        return new Empty();
    }

    public virtual async Task<Empty> DeleteBulkState(DeleteBulkStateRequest request, ServerCallContext context)
    {
        var store = StateStore(request.StoreName);
        foreach (var item in request.States)
            await Try(() => store.ApplyAsync(Delete(item, FullKey(store, request.StoreName, item.Key, context)), context.CancellationToken));
        return new Empty();
    }

    public virtual async Task<Empty> ExecuteStateTransaction(ExecuteStateTransactionRequest request, ServerCallContext context)
    {
        var store = StateStore(request.StoreName);
        var changes = request.Operations.Select(operation =>
        {
            var key = FullKey(store, request.StoreName, operation.Request.Key, context);
            return operation.OperationType switch
            {
                "upsert" => Upsert(operation.Request, key),
                "delete" => Delete(operation.Request, key),
                var other => throw Error(StatusCode.Unimplemented, $"operation type {other} not supported"),
            };
        }).ToArray();

        try
        {
            await Try(() => store.ApplyAsync(changes, context.CancellationToken));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Aborted)
        {
            // daprd does not tell a mismatch from another failure here.
            throw Error(StatusCode.Internal, e.Status.Detail);
        }

        return new Empty();
    }

    public virtual Task<GetMetadataResponse> GetMetadata(GetMetadataRequest request, ServerCallContext context)
    {
        var response = new GetMetadataResponse { Id = AppOf(context), RuntimeVersion = SidecarDescription.Version };
        foreach (var file in components.Files)
        {
            var component = new RegisteredComponents { Name = file.Name, Type = file.Type, Version = file.Version };
            component.Capabilities.AddRange(SidecarDescription.CapabilitiesOf(file.Type));
            response.RegisteredComponents.Add(component);
        }

        return Task.FromResult(response);
    }

    private static StateChange Upsert(StateItem item, string key) =>
        new(
            key,
            item.Value.ToByteArray(),
            EtagOf(item.Etag),
            item.Options?.Concurrency == StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite,
            TimeToLiveOf(item));

    private static StateChange Delete(StateItem item, string key) => new(key, null, EtagOf(item.Etag), false, null);

    private static string? EtagOf(Etag? etag) => string.IsNullOrEmpty(etag?.Value) ? null : etag.Value;

    private static TimeSpan? TimeToLiveOf(StateItem item)
    {
        if (!item.Metadata.TryGetValue("ttlInSeconds", out var text) || text.Length == 0)
            return null;
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) || seconds is < -1 or 0)
            throw Error(StatusCode.Internal, $"ttlInSeconds of key {item.Key} is no number of seconds: {text}");
        return seconds == -1 ? null : TimeSpan.FromSeconds(seconds);
    }

    private static void AddExpiry(Google.Protobuf.Collections.MapField<string, string> metadata, StateRow row)
    {
        if (row.ExpiresAt is { } expires)
            metadata.Add("ttlExpireTime", expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static Task<bool> Try(Func<Task> work) =>
        Try(async () =>
        {
            await work();
            return true;
        });

    private static async Task<T> Try<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (EtagMismatchException)
        {
            throw Error(StatusCode.Aborted, "possible etag mismatch. error from state store");
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            throw Error(StatusCode.Internal, $"error from state store: {e.Message}");
        }
    }

    private static RpcException Error(StatusCode code, string detail) => new(new Status(code, detail));

    private (PostgresStates Store, string Key) Locate(string storeName, string key, ServerCallContext context)
    {
        var store = StateStore(storeName);
        return (store, FullKey(store, storeName, key, context));
    }

    private string FullKey(PostgresStates store, string storeName, string key, ServerCallContext context)
    {
        var app = AppOf(context);
        if (key.Length == 0 || key.Contains("||", StringComparison.Ordinal))
            throw Error(StatusCode.InvalidArgument, $"'{key}' is not a key: it is empty or contains ||");

        return store.KeyPrefix switch
        {
            "none" => key,
            "appid" or "namespace" => $"{app}||{key}",
            "name" => $"{storeName}||{key}",
            var prefix => $"{prefix}||{key}",
        };
    }

    private LocalFileSecrets SecretStore(string name)
    {
        if (components.Secrets.Count == 0)
            throw Error(StatusCode.FailedPrecondition, "secret store is not configured");
        return components.Secrets.GetValueOrDefault(name) ?? throw Error(StatusCode.InvalidArgument, $"failed finding secret store with key {name}");
    }

    private PostgresStates StateStore(string name)
    {
        if (components.States.Count == 0)
            throw Error(StatusCode.FailedPrecondition, "state store is not configured");
        return components.States.GetValueOrDefault(name) ?? throw Error(StatusCode.InvalidArgument, $"state store {name} is not found");
    }

    private string AppOf(ServerCallContext context) =>
        tokens.AppOf(context.RequestHeaders.GetValue("dapr-api-token"))
        ?? throw Error(StatusCode.Unauthenticated, "authentication error: api token mismatch");
}
