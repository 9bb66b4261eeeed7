using Todo.Api.Settings;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Taking back a change: what it changed becomes what it was; what others changed since stays theirs.</summary>
internal sealed partial class TaskItem
{
    public IEnumerable<ITaskFact> Revert(TaskView? before, TaskView after, Guid actorId, Whereabouts where, DateTimeOffset now)
    {
        if (before is null)
            return Facts(Delete(actorId, now));

        List<ITaskFact> facts = [];
        if (before.DeletedAt is null && after.DeletedAt is not null)
            facts.AddRange(Facts(Restore(actorId, now)));
        if (DeletedAt is null && before.State != after.State && State == after.State)
            facts.AddRange(Facts(To(before.State, actorId, now)));
        if (DeletedAt is null && Differences(before, after) is { Count: > 0 } changed)
            facts.AddRange(Facts(Update(Back(before, after, changed), actorId, where, now)));
        if (before.DeletedAt is not null && after.DeletedAt is null)
            facts.AddRange(Facts(Delete(actorId, now)));
        return facts;
    }

    private ITaskFact? To(TaskState state, Guid actorId, DateTimeOffset now) => state switch
    {
        TaskState.Open => Reopen(actorId, now),
        TaskState.Completed => Complete(actorId, now),
        _ => Archive(actorId, now),
    };

    private UpdateTaskRequest Back(TaskView before, TaskView after, List<string> changed)
    {
        var touchedSince = Differences(after, ToView());
        var patch = new UpdateTaskRequest();
        foreach (var field in changed.Except(touchedSince))
            patch.Take(before, field);
        return patch;
    }

    private static IEnumerable<ITaskFact> Facts(ITaskFact? fact) => fact is null ? [] : [fact];
}

internal static class Patching
{
    /// <summary>Sends one field of a view.</summary>
    public static void Take(this UpdateTaskRequest patch, TaskView view, string field)
    {
        switch (field)
        {
            case "title": patch.Title = view.Title; break;
            case "notes": patch.Notes = view.Notes; break;
            case "priority": patch.Priority = view.Priority; break;
            case "projectId": patch.ProjectId = view.ProjectId; break;
            case "sectionId": patch.SectionId = view.SectionId; break;
            case "parentId": patch.ParentId = view.ParentId; break;
            case "labels": patch.Labels = view.Labels; break;
            case "start": patch.Start = view.Start; break;
            case "due": patch.Due = view.Due; break;
            case "deadline": patch.Deadline = view.Deadline; break;
            case "estimateMinutes": patch.EstimateMinutes = view.EstimateMinutes; break;
            case "reminders": patch.Reminders = view.Reminders; break;
            case "recurrence": patch.Recurrence = view.Recurrence; break;
            case "order": patch.Order = view.Order; break;
        }
    }
}
