using Todo.Contracts.Account;
using Todo.Web.Dates;
using Todo.Web.Http;

namespace Todo.Web.Account;

/// <summary>Who is using this page; null until known or when nobody is.</summary>
public sealed class Session(Api api, UserClock clock)
{
    public event Action? Changed;

    public AccountView? Account { get; private set; }

    /// <summary>False until the server has said who we are.</summary>
    public bool Known { get; private set; }

    public async Task<Problem?> LoadAsync()
    {
        var answer = await api.GetAsync<AccountView>("account");
        if (answer.Ok || answer.Problem!.Status == 401)
        {
            Become(answer.Value);
            return null;
        }

        return answer.Problem;
    }

    public async Task<Problem?> SignInAsync(string email, string password) => (await EnterAsync("account/sign-in", new SignInRequest(email, password))).Problem;

    /// <summary>Makes an account. Without one in the answer the rest comes by mail.</summary>
    public Task<Answer<AccountView>> SignUpAsync(string email, string password) =>
        EnterAsync("account/sign-up", new SignUpRequest(email, password, clock.Zone.Id));

    public Task<Answer<AccountView>> ConfirmAsync(string token, string password) => EnterAsync("account/confirm", new ConfirmAddressRequest(token, password));

    public async Task SignOutAsync()
    {
        await api.SendAsync(HttpMethod.Post, "account/sign-out");
        Become(null);
    }

    /// <summary>The server said that our cookie is worth nothing any more.</summary>
    public void Expire() => Become(null);

    private async Task<Answer<AccountView>> EnterAsync<T>(string path, T credentials)
    {
        var answer = await api.SendAsync<AccountView>(HttpMethod.Post, path, Api.Json(credentials));
        if (answer.Value is { } account)
            Become(account);
        return answer;
    }

    private void Become(AccountView? account)
    {
        if (Account is { } before && before.UserId != account?.UserId)
            api.EndVisit();
        Account = account;
        Known = true;
        Changed?.Invoke();
    }
}

internal static class AccountServices
{
    public static IServiceCollection AddAccount(this IServiceCollection services) => services.AddSingleton<Session>().AddSingleton<AccountClient>();
}
