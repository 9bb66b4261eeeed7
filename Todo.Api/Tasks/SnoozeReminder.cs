using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/reminders/{reminderId}/snooze — tells the reminder's saga; the reminder itself stays as it is defined.</summary>
internal static class SnoozeReminder
{
    public static async Task<Results<NoContent, NotFound>> Handle(
        Guid taskId, Guid reminderId, SnoozeRequest request, TaskWriter writer, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        await writer.BeginAsync(user.Id, ct);
        var task = await writer.FindAsync(taskId, ct);
        if (task is not null)
            writer.Tell(task.Snooze(reminderId, request.Until, user.Id, clock.Now()));
        await writer.CommitAsync(ct);
        return task is null ? TypedResults.NotFound() : TypedResults.NoContent();
    }
}
