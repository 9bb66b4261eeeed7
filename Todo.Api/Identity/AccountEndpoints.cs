using Todo.Api.Edge;

namespace Todo.Api.Identity;

internal static class AccountEndpoints
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddScoped<Accounts>().AddHostedService<DemoUser>();

    public static RouteGroupBuilder MapAccount(this RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("Account");
        account.MapPost("/sign-up", SignUp.Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Door).WithSummary("Makes an account and signs in.");
        account.MapPost("/sign-in", SignIn.Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Door).WithSummary("Signs in with a cookie.");
        account.MapPost("/sign-out", SignOut.Handle).WithSummary("Signs out.");
        account.MapGet("/", GetAccount.Handle).WithSummary("Who is signed in.");
        return api;
    }
}
