namespace Todo.Api.Storage;

/// <summary>Small things kept by key outside the database: Dapr's state store <c>todo-state</c>.</summary>
internal interface IStateStore
{
    /// <summary>The value and its ETag; a null ETag where there is none.</summary>
    Task<(T? Value, string? ETag)> GetAsync<T>(string key, CancellationToken ct) where T : class;

    /// <summary>Saves when the stored ETag is still the one given; with null, only when nothing is stored. First write wins.</summary>
    Task<bool> TrySaveAsync<T>(string key, T value, string? etag, TimeSpan? ttl, CancellationToken ct) where T : class;

    Task DeleteAsync(string key, CancellationToken ct);
}
