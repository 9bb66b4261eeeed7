using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>POST /account/confirm — the link out of the mail and the password chosen at sign-up: whoever has both is in.</summary>
/// <remarks>
/// The link alone opens nothing. Whoever signed up with somebody else's address must not get an account there because its owner followed
/// a link, nobody is to be led into an account that is not theirs, and programs that open every link in a mail use nothing up.
/// </remarks>
internal static class ConfirmAddress
{
    public static async Task<Results<Ok<AccountView>, ValidationProblem>> Handle(
        ConfirmAddressRequest request, UserManager<TodoUser> users, SignInManager<TodoUser> signIn, Sessions sessions, Accounts accounts, CurrentUser current,
        TodoDbContext db, CancellationToken ct)
    {
        if (!MailedToken.TryRead(request.Token, out var userId, out var token)
            || await users.FindByIdAsync(userId.ToString()) is not { EmailConfirmed: false } user
            || !await users.VerifyUserTokenAsync(user, users.Options.Tokens.EmailConfirmationTokenProvider, UserManager<TodoUser>.ConfirmEmailTokenPurpose, token))
            return Over();
        if (request.Password is not { Length: > 0 and <= 128 } password || !(await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded)
            return TypedResults.ValidationProblem(new Problems().Require(false, "password", "That is not the password chosen at sign-up, or there were too many attempts."));

        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            if (!await accounts.AdmitAsync(user, current.Zone, ct))
                return Over();
            await transaction.CommitAsync(ct);
        }

        await sessions.SignInAsync(user, remember: true, ct);
        return TypedResults.Ok(await accounts.ViewAsync(user, ct));
    }

    private static ValidationProblem Over() =>
        TypedResults.ValidationProblem(new Problems().Require(false, "token", "This link does not count any more: it was used, it is older than a day, or a later sign-up took its place."));
}
