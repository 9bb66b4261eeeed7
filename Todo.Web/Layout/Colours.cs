namespace Todo.Web.Layout;

/// <summary>The colours a person can give to projects, labels and filters; what each looks like is in tokens.css, for light and dark.</summary>
public static class Colours
{
    public static IReadOnlyList<string> All { get; } = ["red", "amber", "green", "teal", "blue", "violet", "pink", "brown", "grey"];

    /// <summary>The class that sets <c>--tint</c>; a colour from elsewhere that we do not have shows as none.</summary>
    public static string? ClassOf(string? colour) => colour is not null && All.Contains(colour) ? "tint-" + colour : null;
}
