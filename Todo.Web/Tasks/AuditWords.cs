using System.Text.Json;
using Todo.Contracts.Audit;

namespace Todo.Web.Tasks;

/// <summary>Audit entries as sentences for the person whose task it is.</summary>
public static class AuditWords
{
    public static string Of(AuditEntryView entry) => entry.Type switch
    {
        "todo.task.created.v1" => "Added",
        "todo.task.updated.v1" => Changed(entry.Payload),
        "todo.task.completed.v1" => "Completed",
        "todo.task.reopened.v1" => "Reopened",
        "todo.task.archived.v1" => "Put away",
        "todo.task.deleted.v1" => "Moved to trash",
        "todo.task.restored.v1" => "Restored",
        "todo.task.occurrence-skipped.v1" => "Skipped",
        "todo.task.create-occurrence.v1" => "Next occurrence asked for",
        "todo.task.withdraw-occurrence.v1" => "Next occurrence taken back",
        "todo.reminder.due.v1" => "Reminder came due",
        "todo.reminder.snoozed.v1" => "Reminder snoozed",
        "todo.notification.delivered.v1" => "Reminder delivered",
        "todo.notification.dismissed.v1" => "Reminder dismissed",
        _ => entry.Type,
    };

    /// <summary>True for what a person did or was told; the machinery's own requests are not news.</summary>
    public static bool IsForPeople(AuditEntryView entry) => entry.Type.StartsWith("todo.task.", StringComparison.Ordinal)
        ? !entry.Type.Contains("-occurrence.", StringComparison.Ordinal) && !IsOfTheAccount(entry.Payload)
        : entry.Type is "todo.reminder.due.v1" or "todo.reminder.snoozed.v1";

    /// <summary>The title the task had then, where the entry says it.</summary>
    public static string? TitleIn(AuditEntryView entry)
    {
        var fact = FactIn(entry.Payload);
        if (fact.ValueKind == JsonValueKind.Object && fact.TryGetProperty("task", out var task))
            fact = task;
        return fact.ValueKind == JsonValueKind.Object && fact.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null;
    }

    // Whoever chooses another time zone is told so once, not by each of their tasks.
    private static bool IsOfTheAccount(JsonElement payload) =>
        Names(payload) is { Count: > 0 } names && names.All(name => name is "zone" or "allDayTime");

    // The payload is the fact itself, or the fact inside its envelope.
    private static JsonElement FactIn(JsonElement payload) => payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("data", out var data) ? data : payload;

    private static string Changed(JsonElement payload) =>
        Names(payload) is { Count: > 0 } names ? "Changed " + string.Join(", ", names.Select(Field)) : "Changed";

    private static List<string> Names(JsonElement payload)
    {
        payload = FactIn(payload);
        return payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("changed", out var changed) && changed.ValueKind == JsonValueKind.Array
            ? [.. changed.EnumerateArray().Select(name => name.ToString())]
            : [];
    }

    private static string Field(string name) => name switch
    {
        "due" => "the due date",
        "start" => "the start date",
        "zone" => "its time zone",
        "allDayTime" => "when it reminds on a day without a time",
        "recurrence" => "how it repeats",
        "order" => "its place",
        "parentId" => "what it is part of",
        "projectId" => "its project",
        "sectionId" => "its section",
        "estimateMinutes" => "the estimate",
        "labels" or "reminders" or "notes" => name,
        _ => "the " + name,
    };
}
