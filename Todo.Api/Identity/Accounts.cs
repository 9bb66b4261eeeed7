using System.Net.Mail;
using MassTransit;
using Microsoft.AspNetCore.Identity;
using MimeKit;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Users;

namespace Todo.Api.Identity;

/// <summary>Makes accounts and shows them.</summary>
internal sealed class Accounts(
    UserManager<TodoUser> users, TodoDbContext db, PreferencesStore preferences,
    ITopicProducer<Guid, PreferencesChanged> facts, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>Makes an account that can be used at once.</summary>
    public async Task<(TodoUser? User, Problems Refused)> CreateAsync(string email, string password, string? zone, CancellationToken ct)
    {
        var user = New(email);
        user.EmailConfirmed = true; // nothing more is asked of its owner

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!(await users.CreateAsync(user, password)).Succeeded)
            return (null, new Problems().Require(false, "email", "This address cannot be used; sign in if it is yours."));
        await WelcomeAsync(user, zone, ct);
        await transaction.CommitAsync(ct);
        return (user, []);
    }

    /// <summary>
    /// Keeps an address and a password until the owner of the address confirms them; who signs up last decides the password. Nothing else
    /// is made: no fact, no preferences, nobody who could sign in.
    /// </summary>
    public async Task<TodoUser> ReserveAsync(TodoUser? known, string email, string password)
    {
        if (known is null)
        {
            var user = New(email);
            Ensure(await users.CreateAsync(user, password));
            return user;
        }

        known.CreatedAt = clock.Now();
        if (users.PasswordHasher.VerifyHashedPassword(known, known.PasswordHash!, password) == PasswordVerificationResult.Failed)
        {
            known.PasswordHash = users.PasswordHasher.HashPassword(known, password);
            Ensure(await users.UpdateSecurityStampAsync(known)); // links of the sign-up before end here
        }
        else
        {
            Ensure(await users.UpdateAsync(known));
        }

        return known;
    }

    /// <summary>Turns what was kept into an account; false when it changed at the same moment. The caller commits.</summary>
    public async Task<bool> AdmitAsync(TodoUser user, string? zone, CancellationToken ct)
    {
        user.EmailConfirmed = true;
        if (!(await users.UpdateSecurityStampAsync(user)).Succeeded) // every link that was mailed before ends here
            return false;
        await WelcomeAsync(user, zone, ct);
        return true;
    }

    public async Task<AccountView> ViewAsync(TodoUser user, CancellationToken ct)
    {
        var roles = await users.GetRolesAsync(user);
        return new AccountView
        {
            UserId = user.Id,
            Email = user.Email!,
            Roles = ["user", .. roles],
            Zone = (await preferences.RecallAsync(user.Id, ct)).Zone,
            JobsUrl = roles.Contains(IdentitySetup.Operator) && configuration["Workers:Url"] is { } workers ? $"{workers.TrimEnd('/')}/jobs" : null,
        };
    }

    /// <summary>What is wrong with a password that somebody wants to have; the same for every address.</summary>
    public async Task<Problems> CheckPasswordAsync(Problems problems, string? password)
    {
        problems.Require(password is { Length: >= 8 and <= 128 }, "password", "8 to 128 characters.");
        if (problems.ContainsKey("password"))
            return problems;
        foreach (var validator in users.PasswordValidators)
        {
            foreach (var error in (await validator.ValidateAsync(users, new TodoUser(), password)).Errors)
                problems.Require(false, "password", error.Description);
        }

        return problems;
    }

    public static bool IsAddress(string email) =>
        MailAddress.TryCreate(email, out var address) && address.Address == email && !email.Any(char.IsControl) && email.Count(c => c == '@') == 1
        && MailboxAddress.TryParse(email, out var mailbox) && mailbox.Address == email;

    public static Problems CheckAddress(string? email) =>
        new Problems().Require(email is { Length: <= 254 } && IsAddress(email.Trim()), "email", "Not an e-mail address.");

    private TodoUser New(string email)
    {
        var now = clock.Now();
        return new TodoUser { Id = Guid.CreateVersion7(now), UserName = email, Email = email, CreatedAt = now };
    }

    /// <summary>The account's first preferences, and the fact that others learn of it by.</summary>
    private async Task WelcomeAsync(TodoUser user, string? zone, CancellationToken ct)
    {
        var preferred = new Preferences { Zone = zone ?? "UTC" };
        await facts.Produce(user.Id, new PreferencesChanged(user.Id, user.Email!, preferred, clock.Now()), ct);
        await db.SaveChangesAsync(ct);
        await preferences.TrySaveAsync(user.Id, preferred, null, ct);
    }

    private static void Ensure(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException($"The account was not kept: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
    }
}
