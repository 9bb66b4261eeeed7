using Todo.Api.Edge;

namespace Todo.Api.Identity;

internal static class AccountEndpoints
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddScoped<Accounts>().AddHostedService<DemoUser>();

    public static RouteGroupBuilder MapAccount(this RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("Account").WithMetadata(new NeedsScope("account"));
        account.MapPost("/sign-up", SignUp.Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Door).WithSummary("Makes an account and signs in.").ProducesProblem(StatusCodes.Status409Conflict)
            .WithDescription("Safe to send again: whoever has the account already and says its password is signed in. An address that cannot be used is told in `errors.email`.");
        account.MapPost("/sign-in", SignIn.Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Door).WithSummary("Signs in with a cookie.");
        account.MapPost("/sign-out", SignOut.Handle).WithSummary("Signs out.");
        account.MapGet("/", GetAccount.Handle).WithSummary("Who is signed in.");
        account.MapGet("/export", ExportAccount.Handle).WithSummary("Everything of yours in one file.").Produces<AccountExport>();
        account.MapGet("/tokens", ManageTokens.List).WithSummary("Your access tokens.");
        account.MapGet("/sessions", ManageSessions.List).WithSummary("The browsers that are signed in.");

        var browser = account.MapGroup("").WithMetadata(new NeedsBrowser());
        browser.MapPost("/password", ChangePassword.Handle).RequireRateLimiting(RateLimits.Door).WithSummary("Changes the password; other browsers are signed out.");
        browser.MapDelete("/", DeleteAccount.Handle).RequireRateLimiting(RateLimits.Door).WithSummary("Deletes the account and everything in it.");
        browser.MapPost("/tokens", ManageTokens.Create).WithSummary("Makes a token; its secret is shown this once.").WithMetadata(new ShowsSecretOnce());
        browser.MapDelete("/tokens/{tokenId:guid}", ManageTokens.Revoke).WithSummary("Revokes a token.");
        browser.MapDelete("/sessions/{sessionId:guid}", ManageSessions.End).WithSummary("Signs a browser out.");
        browser.MapDelete("/sessions", ManageSessions.EndOthers).WithSummary("Signs all other browsers out.");
        return api;
    }
}
