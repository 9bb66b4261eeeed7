namespace Todo.Contracts.Tasks;

/// <summary>When a task is due, as people mean it: a day, a day and a time wherever they are, or a time in one zone.</summary>
/// <param name="Date">The calendar day.</param>
/// <param name="Time">The wall-clock time on that day; null means some time that day.</param>
/// <param name="Zone">The IANA zone the time belongs to; null means the time floats with its reader.</param>
public sealed record Due(DateOnly Date, TimeOnly? Time = null, string? Zone = null);
