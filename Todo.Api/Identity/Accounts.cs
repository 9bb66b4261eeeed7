using System.Net.Mail;
using MassTransit;
using Microsoft.AspNetCore.Identity;
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
    public async Task<(TodoUser? User, Problems Refused)> CreateAsync(string email, string password, string? zone, CancellationToken ct)
    {
        var now = clock.Now();
        var user = new TodoUser { Id = Guid.CreateVersion7(now), UserName = email, Email = email, CreatedAt = now };
        var preferred = new Preferences { Zone = zone ?? "UTC" };

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded)
            return (null, Refusal(result));
        await facts.Produce(user.Id, new PreferencesChanged(user.Id, email, preferred, now), ct);
        await db.SaveChangesAsync(ct);
        await preferences.TrySaveAsync(user.Id, preferred, null, ct);
        await transaction.CommitAsync(ct);
        return (user, []);
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

    public static bool IsAddress(string email) =>
        MailAddress.TryCreate(email, out var address) && address.Address == email && !email.Any(char.IsControl);

    /// <summary>Says what is wrong with the password, but not that an address is taken.</summary>
    private static Problems Refusal(IdentityResult result)
    {
        var problems = new Problems();
        foreach (var password in result.Errors.Where(error => error.Code.StartsWith("Password", StringComparison.Ordinal)))
            problems.Require(false, "password", password.Description);
        return problems.Count > 0 ? problems : problems.Require(false, "email", "This address cannot be used; sign in if it is yours.");
    }
}
