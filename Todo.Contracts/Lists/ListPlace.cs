using Todo.Contracts.Tasks;

namespace Todo.Contracts.Lists;

/// <summary>The names of lists that can be shown in a way of one's own. Each list has one: ids are in lower case, and labels that differ in case alone are one label.</summary>
public static class ListPlace
{
    /// <summary>The list of a project.</summary>
    public static string OfProject(Guid projectId) => $"projects/{projectId}";

    /// <summary>The list of a saved filter.</summary>
    public static string OfFilter(Guid filterId) => $"filters/{filterId}";

    /// <summary>The list of a label.</summary>
    public static string OfLabel(string name) => $"labels/{name.Trim().ToLowerInvariant()}";

    /// <summary>The name of a list as it is kept; null for what names none.</summary>
    public static string? Read(string text) => text.Split('/', 2) switch
    {
        ["inbox" or "today" or "upcoming"] => text,
        ["projects", var id] when Guid.TryParse(id, out var projectId) => OfProject(projectId),
        ["filters", var id] when Guid.TryParse(id, out var filterId) => OfFilter(filterId),
        ["labels", var name] when new Problems().RequireText(name, "name", 1, TaskRules.LabelLength).Count == 0 => OfLabel(name),
        _ => null,
    };
}
