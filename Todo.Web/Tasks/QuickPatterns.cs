namespace Todo.Web.Tasks;

/// <summary>What the line of a new task, and a title being written, understand: each with words and an example.</summary>
public static class QuickPatterns
{
    public static IReadOnlyList<QuickPattern> All { get; } =
    [
        new("Date and time", "tomorrow 18:00", "calendar"),
        new("Repeat", "every monday", "repeat"),
        new("Repeat after doing it", "every! 3 days", "repeat"),
        new("Reminder", "!30m", "bell"),
        new("Deadline", "{fri}", "flag"),
        new("How long it takes", "for 45m", "clock"),
        new("Priority", "p1", "flag"),
        new("Label", "@home", "label"),
        new("Project and section", "#Home/Garden", "folder"),
        new("Notes", "// and notes", "note"),
    ];
}

/// <summary>One of them; the icon is that of its chip.</summary>
public sealed record QuickPattern(string Words, string Example, string Icon);
