using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Extensions;
using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/reminders/{reminderId}/snooze — tells the reminder's saga; the reminder itself stays as it is defined.</summary>
internal static class SnoozeReminder
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem>> Handle(
        Guid taskId, Guid reminderId, SnoozeRequest request, TaskWriter writer, CurrentUser user,
        PreferencesStore preferences, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        var until = request.Until ?? (await ChoicesAsync(user, preferences, whereabouts, clock, ct)).SingleOrDefault(moment => moment.Choice == request.Choice)?.Until;
        if (until is not { } moment || (request.Until is null) == (request.Choice is null))
            return TypedResults.ValidationProblem(new Problems().Require(false, "until", "A moment, or a choice that there is now: see /snooze-choices."));

        await writer.BeginAsync(user.Id, ct);
        var task = await writer.FindAsync(taskId, ct);
        if (task is not null)
            writer.Tell(task.Snooze(reminderId, moment, user.Id, clock.Now()));
        await writer.CommitAsync(ct);
        return task is null ? TypedResults.NotFound() : TypedResults.NoContent();
    }

    /// <summary>GET /snooze-choices</summary>
    public static async Task<Ok<IReadOnlyList<SnoozeMoment>>> Choices(
        CurrentUser user, PreferencesStore preferences, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(await ChoicesAsync(user, preferences, whereabouts, clock, ct));

    private static async Task<IReadOnlyList<SnoozeMoment>> ChoicesAsync(
        CurrentUser user, PreferencesStore preferences, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        var preferred = await preferences.RecallAsync(user.Id, ct);
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull((await whereabouts.FindAsync(ct)).Zone) ?? DateTimeZone.Utc;
        var now = clock.Now().ToInstant().InZone(zone).ToDateTimeOffset();
        return [.. SnoozeTimes.At(now, preferred.AllDayTime, preferred.WeekStart, local => local.ToLocalDateTime().InZoneLeniently(zone).ToDateTimeOffset())];
    }
}
