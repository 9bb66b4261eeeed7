using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Tasks;

/// <summary>What a new task takes from the one it is put beside, so that it stands there too.</summary>
public static class TaskNeighbour
{
    /// <summary>
    /// Project, section and the task it is part of always. Where a page or its groups ask for more than that, also what they ask for:
    /// a day (never one that has passed), a priority, labels.
    /// </summary>
    public static CreateTaskRequest Seed(TaskView beside, string place, ViewChoice choice, UserClock clock)
    {
        var filtered = place.StartsWith("filters/", StringComparison.Ordinal);
        var ofItsOwn = place == "inbox" || place.StartsWith("projects/", StringComparison.Ordinal);
        var dated = !ofItsOwn || choice.Group == Grouping.Date;
        return new()
        {
            ProjectId = beside.ProjectId,
            SectionId = beside.SectionId,
            ParentId = beside.ParentId,
            Due = dated && beside.Due is { } due ? new Due(Later(clock.Shown(due).Date, clock.Today)) : null,
            Priority = filtered || choice.Group == Grouping.Priority ? beside.Priority : 4,
            Labels = filtered || choice.Group == Grouping.Label || place.StartsWith("labels/", StringComparison.Ordinal) ? beside.Labels : [],
        };
    }

    private static DateOnly Later(DateOnly day, DateOnly other) => day > other ? day : other;
}
