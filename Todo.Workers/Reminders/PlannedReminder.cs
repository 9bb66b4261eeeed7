namespace Todo.Workers.Reminders;

/// <summary>A moment at which a reminder is to fire. Reminder and moment together name it for ever.</summary>
internal sealed record PlannedReminder(Guid ReminderId, DateTimeOffset At, bool Urgent = false, bool Snoozed = false)
{
    public bool Is(PlannedReminder other) => ReminderId == other.ReminderId && At == other.At;
}
