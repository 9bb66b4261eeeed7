using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>GET /account — who is signed in here.</summary>
internal static class GetAccount
{
    public static async Task<Results<Ok<AccountView>, UnauthorizedHttpResult>> Handle(
        CurrentUser current, UserManager<TodoUser> users, Accounts accounts, CancellationToken ct) =>
        await users.FindByIdAsync(current.Id.ToString()) is { } user
            ? TypedResults.Ok(await accounts.ViewAsync(user, ct))
            : TypedResults.Unauthorized();
}
