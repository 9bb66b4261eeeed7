using Todo.Api.Settings;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Changing fields: only those that were sent, and only those that differ count as changed.</summary>
internal sealed partial class TaskItem
{
    public TaskUpdated? Update(UpdateTaskRequest request, Guid actorId, Whereabouts where, DateTimeOffset now)
    {
        MustNotBeInTrash();
        var due = request.Has("due") ? request.Due : Due;
        var rule = request.Has("recurrence") ? request.Recurrence : Recurrence;
        if (rule is not null && due is null)
            throw new RuleBreachException("A repeating task needs a due date; end the repetition first.");

        if (request.Has("recurrence"))
            rule = Checked(rule, due?.Date); // before anything is touched: in bulk, what is refused leaves the others alone

        var before = ToView();
        foreach (var field in request.Sent)
            Take(request, field);
        if (ProjectId != before.ProjectId && !request.Has("sectionId"))
            SectionId = null; // sections belong to a project
        if (request.Has("recurrence"))
            Follow(rule);

        var changed = Differences(before, ToView());
        if (changed.Count == 0)
            return null;
        IsDatedByHand = IsDatedByHand || (Occurrence is not null && changed.Exists(field => field is "due" or "start" or "deadline" or "reminders"));
        Touch(where, now);
        return new TaskUpdated(TaskId, OwnerId, ToView(), changed, actorId, now);
    }

    /// <summary>Lies where the task lies that it is a part of. What is in the trash stays as it was thrown away.</summary>
    public TaskUpdated? GoAlong(TaskItem whole, Guid actorId, Whereabouts where, DateTimeOffset now) =>
        DeletedAt is null ? Update(new UpdateTaskRequest { ProjectId = whole.ProjectId, SectionId = whole.SectionId }, actorId, where, now) : null;

    private void Take(UpdateTaskRequest request, string field)
    {
        switch (field)
        {
            case "title": Title = request.Title!.Trim(); break;
            case "notes": Notes = Blank(request.Notes); break;
            case "priority": Priority = request.Priority ?? 4; break;
            case "projectId": ProjectId = request.ProjectId; break;
            case "sectionId": SectionId = request.SectionId; break;
            case "parentId": ParentId = request.ParentId; break;
            case "labels": Labels = Tidy(request.Labels); break;
            case "start": Start = request.Start; break;
            case "due": Due = request.Due; break;
            case "deadline": Deadline = request.Deadline; break;
            case "estimateMinutes": EstimateMinutes = request.EstimateMinutes; break;
            case "reminders": Reminders = Kept(request.Reminders, Reminders); break;
            case "order": Order = request.Order ?? Order; break;
        }
    }

    private static List<string> Differences(TaskView before, TaskView after)
    {
        var changed = new List<string>();
        Compare("title", before.Title, after.Title);
        Compare("notes", before.Notes, after.Notes);
        Compare("priority", before.Priority, after.Priority);
        Compare("projectId", before.ProjectId, after.ProjectId);
        Compare("sectionId", before.SectionId, after.SectionId);
        Compare("parentId", before.ParentId, after.ParentId);
        CompareLists<string>("labels", before.Labels, after.Labels);
        Compare("start", before.Start, after.Start);
        Compare("due", before.Due, after.Due);
        Compare("deadline", before.Deadline, after.Deadline);
        Compare("estimateMinutes", before.EstimateMinutes, after.EstimateMinutes);
        CompareLists<Reminder>("reminders", before.Reminders, after.Reminders);
        Compare<RecurrenceRule?>("recurrence", before.Recurrence, after.Recurrence);
        Compare("order", before.Order, after.Order);
        return changed;

        void Compare<T>(string field, T was, T is_)
        {
            if (!EqualityComparer<T>.Default.Equals(was, is_))
                changed.Add(field);
        }

        void CompareLists<T>(string field, IReadOnlyList<T> was, IReadOnlyList<T> is_)
        {
            if (!was.SequenceEqual(is_))
                changed.Add(field);
        }
    }
}
