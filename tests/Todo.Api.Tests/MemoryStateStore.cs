using System.Text.Json;
using Todo.Api.Storage;

namespace Todo.Api.Tests;

/// <summary>The promises of the state store, kept in memory: ETags, first write wins, and what has expired is gone.</summary>
internal sealed class MemoryStateStore(TimeProvider clock) : IStateStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Json, string ETag, DateTimeOffset? Until)> _values = [];

    public Task<(T? Value, string? ETag)> GetAsync<T>(string key, CancellationToken ct) where T : class
    {
        lock (_lock)
            return Task.FromResult(Find(key) is { } found ? (JsonSerializer.Deserialize<T>(found.Json), (string?)found.ETag) : (null, null));
    }

    public Task<bool> TrySaveAsync<T>(string key, T value, string? etag, TimeSpan? ttl, CancellationToken ct) where T : class
    {
        lock (_lock)
        {
            if (Find(key)?.ETag != etag)
                return Task.FromResult(false);
            _values[key] = (JsonSerializer.Serialize(value), Guid.NewGuid().ToString("N"), clock.GetUtcNow() + ttl);
            return Task.FromResult(true);
        }
    }

    public Task DeleteAsync(string key, CancellationToken ct)
    {
        lock (_lock)
            _values.Remove(key);
        return Task.CompletedTask;
    }

    private (string Json, string ETag, DateTimeOffset? Until)? Find(string key) =>
        _values.TryGetValue(key, out var found) && (found.Until is null || found.Until > clock.GetUtcNow()) ? found : null;
}
