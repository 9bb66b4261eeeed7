using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Todo.Api.Edge;
using Todo.Api.Storage;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>
/// POST /account/sign-in — one answer, in one time, for a wrong password, an unknown address, a locked account and an address that is not
/// confirmed yet. To say the last would tell all: whoever signs up with an address and is told to confirm it knows that nobody had it.
/// </summary>
internal static class SignIn
{
    /// <summary>Hashed for addresses nobody has, so that they take as long as others.</summary>
    private static readonly TodoUser Nobody = new() { PasswordHash = new PasswordHasher<TodoUser>().HashPassword(new TodoUser(), Guid.NewGuid().ToString()) };

    /// <summary>No refusal comes sooner: what it takes to count a failure in the database is hidden in it.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    public static async Task<Results<Ok<AccountView>, ProblemHttpResult>> Handle(
        SignInRequest request, UserManager<TodoUser> users, SignInManager<TodoUser> signIn, Sessions sessions, Accounts accounts, AccountSettings settings, CurrentUser current,
        TodoDbContext db, TimeProvider clock, ILogger<TodoUser> log, CancellationToken ct)
    {
        var (email, password, began) = (request.Email?.Trim() ?? "", request.Password ?? "", clock.GetTimestamp());
        if (password.Length > 128 || Accounts.CheckAddress(email).Count > 0)
            return Refused(settings); // nobody can have signed up so

        var user = await users.FindByEmailAsync(email);
        if (user is null || await users.IsLockedOutAsync(user))
            users.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, password);
        else if ((await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded && await IsInAsync(user))
        {
            await sessions.SignInAsync(user, request.Remember, ct);
            log.SignedIn(user.Id);
            return TypedResults.Ok(await accounts.ViewAsync(user, ct));
        }

        if (user is not null)
            log.SignInRefused(user.Id);
        if (Pace - clock.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, clock, ct);
        return Refused(settings);

        async Task<bool> IsInAsync(TodoUser user) => user.EmailConfirmed || (!settings.ConfirmAddresses && await AdmitAsync(accounts, user, current.Zone, db, ct));
    }

    /// <summary>Somebody who signed up while addresses were confirmed; they are not any more.</summary>
    private static async Task<bool> AdmitAsync(Accounts accounts, TodoUser user, string? zone, TodoDbContext db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await accounts.AdmitAsync(user, zone, ct))
            return false;
        await transaction.CommitAsync(ct);
        return true;
    }

    private static ProblemHttpResult Refused(AccountSettings settings) => Problem.Of(StatusCodes.Status401Unauthorized, settings.ConfirmAddresses
        ? "Address and password do not match, there were too many attempts, or the address is not confirmed yet: then look into your mail."
        : "Address and password do not match, or there were too many attempts.");
}
