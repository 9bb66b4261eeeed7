using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Tasks;
using Todo.Contracts.Users;

namespace Todo.Api.Identity;

/// <summary>DELETE /account — what is theirs goes in one transaction, with the facts by which others let go of it too.</summary>
internal static class DeleteAccount
{
    public static async Task<Results<NoContent, ValidationProblem>> Handle(
        [FromBody] DeleteAccountRequest request, UserManager<TodoUser> users, SignInManager<TodoUser> signIn, Sessions sessions, CurrentUser current, TodoDbContext db,
        ITopicProducer<Guid, TaskDeleted> deletions, ITopicProducer<Guid, UserDeleted> facts, PreferencesStore preferences, TimeProvider clock, CancellationToken ct)
    {
        var user = await users.FindByIdAsync(current.Id.ToString());
        if (request.Password is not { Length: > 0 and <= 128 } password || !await users.CheckPasswordAsync(user!, password))
            return TypedResults.ValidationProblem(new Problems().Require(false, "password", "That is not the password."));

        var (userId, now) = (current.Id, clock.Now());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var task in await WaitingAsync(db, userId, ct))
        {
            if (task.Delete(userId, now) is { } deleted)
                await deletions.Produce(task.TaskId, deleted, ct);
        }

        await facts.Produce(userId, new UserDeleted(userId, now), ct);
        await db.SaveChangesAsync(ct);
        await sessions.EndAllAsync(userId, ct);
        await RemoveAsync(db, userId, ct);
        await transaction.CommitAsync(ct);
        await preferences.ForgetAsync(userId, ct);
        await signIn.SignOutAsync();
        return TypedResults.NoContent();
    }

    /// <summary>The tasks that somebody waits for: those that remind or repeat.</summary>
    private static Task<List<TaskItem>> WaitingAsync(TodoDbContext db, Guid userId, CancellationToken ct) => db.TasksOf(userId)
        .Where(t => t.State == TaskState.Open && t.DeletedAt == null && (t.Recurrence != null || EF.Property<bool>(t, TaskItemMap.HasReminders)))
        .ToListAsync(ct);

    private static async Task RemoveAsync(TodoDbContext db, Guid userId, CancellationToken ct)
    {
        await db.Tasks.Where(t => t.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Changes.Where(c => c.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Undos.Where(u => u.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Commands.Where(c => c.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Owners.Where(o => o.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Sections.Where(s => s.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Projects.Where(p => p.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Labels.Where(l => l.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Filters.Where(f => f.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Views.Where(v => v.OwnerId == userId).ExecuteDeleteAsync(ct);
        await db.Notifications.Where(n => n.UserId == userId).ExecuteDeleteAsync(ct);
        await db.AccessTokens.Where(t => t.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Users.Where(u => u.Id == userId).ExecuteDeleteAsync(ct);
    }
}
