using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity.Mails;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>POST /account/reset-password — a new password for whoever has the link: every session ends, a lock too, and tokens if they say so.</summary>
/// <remarks>It does not sign in: nobody is to be led into an account by a link. Following it proves the address, too.</remarks>
internal static class ResetPassword
{
    public static async Task<Results<NoContent, ValidationProblem>> Handle(
        ResetPasswordRequest request, UserManager<TodoUser> users, Sessions sessions, Accounts accounts, CurrentUser current, Errands errands, TodoDbContext db, CancellationToken ct)
    {
        if (await accounts.CheckPasswordAsync([], request.Password) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (!MailedToken.TryRead(request.Token, out var userId, out var token) || await users.FindByIdAsync(userId.ToString()) is not { } user)
            return Over();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!(await users.ResetPasswordAsync(user, token, request.Password!)).Succeeded || !(user.EmailConfirmed || await accounts.AdmitAsync(user, current.Zone, ct)))
            return Over();
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await sessions.EndAllAsync(userId, ct);
        if (request.RevokeTokens)
            await db.AccessTokens.Where(t => t.UserId == userId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        errands.TryAdd(new PasswordChangedErrand(user.Email!));
        return TypedResults.NoContent();
    }

    private static ValidationProblem Over() =>
        TypedResults.ValidationProblem(new Problems().Require(false, "token", "This link does not count any more: it was used, it is older than an hour, or the password was changed since."));
}
