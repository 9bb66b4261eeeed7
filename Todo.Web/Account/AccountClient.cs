using Todo.Contracts.Account;
using Todo.Web.Http;

namespace Todo.Web.Account;

/// <summary>The account routes of the Api, one method each.</summary>
public sealed class AccountClient(Api api)
{
    public Task<Answer<IReadOnlyList<SessionView>>> SessionsAsync() => api.GetAsync<IReadOnlyList<SessionView>>("account/sessions");

    public Task<Problem?> EndSessionAsync(Guid sessionId) => api.SendAsync(HttpMethod.Delete, $"account/sessions/{sessionId}");

    public Task<Problem?> EndOtherSessionsAsync() => api.SendAsync(HttpMethod.Delete, "account/sessions");

    public Task<Answer<IReadOnlyList<TokenView>>> TokensAsync() => api.GetAsync<IReadOnlyList<TokenView>>("account/tokens");

    /// <summary>Makes a token; only this answer holds its secret.</summary>
    public Task<Answer<TokenView>> CreateTokenAsync(CreateTokenRequest request) => api.SendAsync<TokenView>(HttpMethod.Post, "account/tokens", Api.Json(request));

    public Task<Problem?> RevokeTokenAsync(Guid tokenId) => api.SendAsync(HttpMethod.Delete, $"account/tokens/{tokenId}");

    public Task<Problem?> ChangePasswordAsync(string current, string next) =>
        api.SendAsync(HttpMethod.Post, "account/password", Api.Json(new ChangePasswordRequest(current, next)));

    /// <summary>Has a link mailed to the owner of the account, if there is one.</summary>
    public Task<Problem?> ForgotPasswordAsync(string email) => api.SendAsync(HttpMethod.Post, "account/forgot-password", Api.Json(new ForgotPasswordRequest(email)));

    public Task<Problem?> ResetPasswordAsync(string token, string password, bool revokeTokens) =>
        api.SendAsync(HttpMethod.Post, "account/reset-password", Api.Json(new ResetPasswordRequest(token, password, revokeTokens)));

    public Task<Answer<WebhookSecret>> WebhookSecretAsync() => api.GetAsync<WebhookSecret>("account/webhook-secret");

    public Task<Answer<WebhookSecret>> RotateWebhookSecretAsync() => api.SendAsync<WebhookSecret>(HttpMethod.Post, "account/webhook-secret/rotate", null);

    public Task<Problem?> DeleteAsync(string password) => api.SendAsync(HttpMethod.Delete, "account", Api.Json(new DeleteAccountRequest(password)));
}
