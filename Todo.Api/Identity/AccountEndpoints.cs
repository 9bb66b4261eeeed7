using Todo.Api.Edge;
using Todo.Api.Identity.Mails;

namespace Todo.Api.Identity;

internal static class AccountEndpoints
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddScoped<Accounts>().AddHostedService<DemoUser>().AddAccountMails();

    public static RouteGroupBuilder MapAccount(this RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("Account").WithMetadata(new NeedsScope("account"));
        account.MapPost("/sign-up", SignUp.Handle).AtTheDoor().WithSummary("Makes an account.").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithDescription("With `Accounts:ConfirmAddresses` it answers 202 for every address: what is to be known goes by mail to its owner, who confirms a new account at `/account/confirm`. "
                + "Without, it signs in at once, and an address that cannot be used is told in `errors.email`. Safe to send again: that sends another mail, or signs in whoever has the account already and says its password.");
        account.MapPost("/confirm", ConfirmAddress.Handle).AtTheDoor().WithSummary("Confirms an address with the link that was mailed there, and signs in.")
            .WithDescription("The token is what follows `#` in the link. It counts once, for a day, and with the password chosen at sign-up.");
        account.MapPost("/forgot-password", ForgotPassword.Handle).AtTheDoor().WithSummary("Mails a link to choose a new password.").ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithDescription("Always 202; a mail comes where the address has an account, and confirms the address as well.");
        account.MapPost("/reset-password", ResetPassword.Handle).AtTheDoor().WithSummary("Sets a new password with the link that was mailed; every browser is signed out.")
            .WithDescription("The token is what follows `#` in the link. It counts once, for an hour.");
        account.MapPost("/sign-in", SignIn.Handle).AtTheDoor().WithSummary("Signs in with a cookie.");
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

    /// <summary>For routes that strangers call.</summary>
    private static RouteHandlerBuilder AtTheDoor(this RouteHandlerBuilder route) => route.AllowAnonymous().RequireRateLimiting(RateLimits.Door);
}
