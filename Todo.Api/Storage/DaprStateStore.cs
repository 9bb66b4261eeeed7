using System.Globalization;
using Dapr;
using Dapr.Client;

namespace Todo.Api.Storage;

internal sealed class DaprStateStore(DaprClient dapr) : IStateStore
{
    private const string Store = "todo-state";
    private static readonly StateOptions FirstWriteWins = new() { Concurrency = ConcurrencyMode.FirstWrite };

    public async Task<(T? Value, string? ETag)> GetAsync<T>(string key, CancellationToken ct) where T : class
    {
        var (value, etag) = await dapr.GetStateAndETagAsync<T?>(Store, key, cancellationToken: ct);
        return (value, value is null || etag.Length == 0 ? null : etag);
    }

    public Task<bool> TrySaveAsync<T>(string key, T value, string? etag, TimeSpan? ttl, CancellationToken ct) where T : class =>
        etag is null
            ? TryAddAsync(key, value, Metadata(ttl), ct)
            : dapr.TrySaveStateAsync(Store, key, value, etag, FirstWriteWins, Metadata(ttl), ct);

    /// <summary>Without an ETag Dapr reports a key that exists as an error like any other, so a failure is looked into.</summary>
    private async Task<bool> TryAddAsync<T>(string key, T value, Dictionary<string, string>? metadata, CancellationToken ct) where T : class
    {
        try
        {
            await dapr.SaveStateAsync(Store, key, value, FirstWriteWins, metadata, ct);
            return true;
        }
        catch (DaprException)
        {
            var (known, _) = await GetAsync<T>(key, ct);
            if (known is null)
                throw;
            return false;
        }
    }

    public Task DeleteAsync(string key, CancellationToken ct) => dapr.DeleteStateAsync(Store, key, cancellationToken: ct);

    private static Dictionary<string, string>? Metadata(TimeSpan? ttl) =>
        ttl is { } time ? new() { ["ttlInSeconds"] = ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture) } : null;
}
