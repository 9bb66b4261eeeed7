using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Todo.Api.Identity.Mails;
using Todo.Contracts;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>POST /account/password — the new one, and every other browser is signed out.</summary>
internal static class ChangePassword
{
    public static async Task<Results<NoContent, ValidationProblem>> Handle(
        ChangePasswordRequest request, UserManager<TodoUser> users, Sessions sessions, CurrentUser current, Errands errands, CancellationToken ct)
    {
        var problems = new Problems()
            .Require(request.Next is { Length: >= 8 and <= 128 }, "next", "8 to 128 characters.")
            .Require(request.Current is { Length: > 0 and <= 128 }, "current", "Must not be empty.");
        if (problems.Count > 0)
            return TypedResults.ValidationProblem(problems);

        var user = await users.FindByIdAsync(current.Id.ToString());
        var result = await users.ChangePasswordAsync(user!, request.Current!, request.Next!);
        if (!result.Succeeded)
            return TypedResults.ValidationProblem(new Problems().Require(false, "current", "That is not the password."));
        await sessions.SignOutAsync(ct);
        await sessions.EndOthersAsync(current.Id, ct);
        await sessions.SignInAsync(user!, remember: true, ct);
        errands.TryAdd(new PasswordChangedErrand(user!.Email!));
        return TypedResults.NoContent();
    }
}
