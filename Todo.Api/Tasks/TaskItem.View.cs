using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>What the world sees of a task.</summary>
internal sealed partial class TaskItem
{
    public TaskView ToView() => new()
    {
        TaskId = TaskId,
        OwnerId = OwnerId,
        Title = Title,
        Notes = Notes,
        State = State,
        Priority = Priority,
        ProjectId = ProjectId,
        SectionId = SectionId,
        ParentId = ParentId,
        Labels = Labels,
        Start = Start,
        Due = Due,
        Deadline = Deadline,
        EstimateMinutes = EstimateMinutes,
        Reminders = Reminders,
        Recurrence = Recurrence,
        SeriesId = SeriesId,
        Occurrence = Occurrence,
        Zone = Zone,
        AllDayTime = AllDayTime,
        Order = Order,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        CompletedAt = CompletedAt,
        DeletedAt = DeletedAt,
        Version = Version,
    };
}
