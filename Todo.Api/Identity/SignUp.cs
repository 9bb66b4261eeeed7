using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Todo.Contracts;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>POST /account/sign-up — the user, and the fact of what they prefer, commit together.</summary>
/// <remarks>Safe to send again: whoever has the account already, and says its password, is signed in.</remarks>
internal static class SignUp
{
    public static async Task<Results<Ok<AccountView>, ValidationProblem>> Handle(
        SignUpRequest request, Accounts accounts, UserManager<TodoUser> users, SignInManager<TodoUser> signIn, Sessions sessions, CancellationToken ct)
    {
        if (Check(request) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);

        var email = request.Email!.Trim();
        var (user, refused) = await accounts.CreateAsync(email, request.Password!, request.Zone, ct);
        if (user is null && await users.FindByEmailAsync(email) is { } known && (await signIn.CheckPasswordSignInAsync(known, request.Password!, lockoutOnFailure: true)).Succeeded)
            user = known;
        if (user is null)
            return TypedResults.ValidationProblem(refused);

        await sessions.SignInAsync(user, remember: true, ct);
        return TypedResults.Ok(await accounts.ViewAsync(user, ct));
    }

    private static Problems Check(SignUpRequest request) => new Problems()
        .Require(request.Email is { Length: <= 254 } email && Accounts.IsAddress(email.Trim()), "email", "Not an e-mail address.")
        .Require(request.Password is { Length: >= 8 and <= 128 }, "password", "8 to 128 characters.")
        .Require(request.Zone is null || CurrentUser.IsZone(request.Zone), "zone", "Not a zone of the tz database.");
}
