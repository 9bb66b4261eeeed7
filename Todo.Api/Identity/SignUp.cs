using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Todo.Api.Edge;
using Todo.Api.Identity.Mails;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>POST /account/sign-up — where addresses are confirmed, the same answer for all and the rest by mail; else an account at once.</summary>
/// <remarks>Safe to send again: another mail, or whoever has the account already and says its password is signed in.</remarks>
internal static class SignUp
{
    public static async Task<Results<Ok<AccountView>, Accepted, ValidationProblem, ProblemHttpResult>> Handle(
        SignUpRequest request, Accounts accounts, AccountSettings settings, Errands errands, UserManager<TodoUser> users, SignInManager<TodoUser> signIn, Sessions sessions, CancellationToken ct)
    {
        var problems = await accounts.CheckPasswordAsync(Accounts.CheckAddress(request.Email), request.Password);
        problems.Require(request.Zone is null || CurrentUser.IsZone(request.Zone), "zone", "Not a zone of the tz database.");
        if (problems.Count > 0)
            return TypedResults.ValidationProblem(problems);

        var email = request.Email!.Trim();
        if (settings.ConfirmAddresses)
            return errands.TryAdd(new SignUpErrand(email, request.Password!)) ? TypedResults.Accepted((string?)null) : Problem.TooBusy();

        var (user, refused) = await accounts.CreateAsync(email, request.Password!, request.Zone, ct);
        if (user is null && await users.FindByEmailAsync(email) is { EmailConfirmed: true } known
            && (await signIn.CheckPasswordSignInAsync(known, request.Password!, lockoutOnFailure: true)).Succeeded)
            user = known;
        if (user is null)
            return TypedResults.ValidationProblem(refused);

        await sessions.SignInAsync(user, remember: true, ct);
        return TypedResults.Ok(await accounts.ViewAsync(user, ct));
    }
}
