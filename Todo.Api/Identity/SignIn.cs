using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Todo.Api.Edge;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>POST /account/sign-in — one answer for a wrong password, an unknown address and a locked account.</summary>
internal static class SignIn
{
    /// <summary>Hashed for addresses nobody has, so that they take as long as others.</summary>
    private static readonly TodoUser Nobody = new() { PasswordHash = new PasswordHasher<TodoUser>().HashPassword(new TodoUser(), Guid.NewGuid().ToString()) };

    public static async Task<Results<Ok<AccountView>, ProblemHttpResult>> Handle(
        SignInRequest request, UserManager<TodoUser> users, SignInManager<TodoUser> signIn, Sessions sessions, Accounts accounts,
        ILogger<TodoUser> log, CancellationToken ct)
    {
        var (email, password) = (request.Email?.Trim() ?? "", request.Password ?? "");
        if (email.Length > 254 || password.Length > 128 || email.Contains('\0') || await users.FindByEmailAsync(email) is not { } user)
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, password.Length > 128 ? "" : password);
            return Refused();
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            log.SignInRefused(user.Id, result.IsLockedOut);
            return Refused();
        }

        await sessions.SignInAsync(user, request.Remember, ct);
        log.SignedIn(user.Id);
        return TypedResults.Ok(await accounts.ViewAsync(user, ct));
    }

    private static ProblemHttpResult Refused() =>
        Problem.Of(StatusCodes.Status401Unauthorized, "Address and password do not match, or there were too many attempts.");
}
