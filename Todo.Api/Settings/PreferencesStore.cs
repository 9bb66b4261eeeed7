using Microsoft.Extensions.Caching.Memory;
using Todo.Api.Storage;
using Todo.Contracts.Account;

namespace Todo.Api.Settings;

/// <summary>A user's preferences in the state store, remembered for a moment because nearly every request asks for the zone.</summary>
internal sealed class PreferencesStore(IStateStore state, IMemoryCache cache)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    public async Task<(Preferences Preferences, string? ETag)> GetAsync(Guid userId, CancellationToken ct)
    {
        var (stored, etag) = await state.GetAsync<Preferences>(Key(userId), ct);
        cache.Set(Key(userId), stored ?? new Preferences(), Moment);
        return (stored ?? new Preferences(), etag);
    }

    public async Task<Preferences> RecallAsync(Guid userId, CancellationToken ct) =>
        cache.TryGetValue(Key(userId), out Preferences? known) && known is not null ? known : (await GetAsync(userId, ct)).Preferences;

    public async Task<bool> TrySaveAsync(Guid userId, Preferences preferences, string? etag, CancellationToken ct)
    {
        cache.Remove(Key(userId));
        return await state.TrySaveAsync(Key(userId), preferences, etag, null, ct);
    }

    /// <summary>Which of the user's webhook secrets signs; the first, until one is rotated.</summary>
    public async Task<(WebhookTurn Turn, string? ETag)> GetWebhookAsync(Guid userId, CancellationToken ct)
    {
        var (stored, etag) = await state.GetAsync<WebhookTurn>(WebhookKey(userId), ct);
        return (stored ?? WebhookTurn.First, etag);
    }

    public Task<bool> TrySaveWebhookAsync(Guid userId, WebhookTurn turn, string? etag, CancellationToken ct) =>
        state.TrySaveAsync(WebhookKey(userId), turn, etag, null, ct);

    public async Task ForgetAsync(Guid userId, CancellationToken ct)
    {
        cache.Remove(Key(userId));
        await state.DeleteAsync(Key(userId), ct);
        await state.DeleteAsync(WebhookKey(userId), ct);
    }

    private static string Key(Guid userId) => $"preferences:{userId}";

    private static string WebhookKey(Guid userId) => $"webhook:{userId}";
}

/// <summary>Which of a user's webhook secrets signs, and since when. The secret itself is worked out, never stored.</summary>
internal sealed record WebhookTurn(int Generation, DateTimeOffset? RotatedAt)
{
    public static readonly WebhookTurn First = new(0, null);
}
