using Todo.Contracts.Tasks;

namespace Todo.Contracts.Lists;

/// <summary>POST and PATCH of a project; PATCH touches only what is sent.</summary>
public sealed class ProjectRequest : Patch
{
    /// <summary>The id the client chose; only when creating.</summary>
    public Guid? ProjectId { get; set => field = Set(value, "projectId"); }

    /// <summary>One line, 1 to 120 characters.</summary>
    public string? Name { get; set => field = Set(value, "name"); }

    /// <summary>A colour by name; null for none.</summary>
    public string? Colour { get; set => field = Set(value, "colour"); }

    /// <summary>The project it lies in; null for none.</summary>
    public Guid? ParentId { get; set => field = Set(value, "parentId"); }

    /// <summary>Whether it is shown among the favourites.</summary>
    public bool? Favourite { get; set => field = Set(value, "favourite"); }

    /// <summary>True puts it away with its open tasks; false brings both back.</summary>
    public bool? Archived { get; set => field = Set(value, "archived"); }

    /// <summary>Its place among its siblings.</summary>
    public string? Order { get; set => field = Set(value, "order"); }

    /// <summary>What is wrong with it; empty when nothing is.</summary>
    public Problems Problems(bool creating) => ListRules.Named(Name, creating || Has("name"), Colour, Order);
}

/// <summary>POST and PATCH of a section; PATCH touches only what is sent.</summary>
public sealed class SectionRequest : Patch
{
    /// <summary>The id the client chose; only when creating.</summary>
    public Guid? SectionId { get; set => field = Set(value, "sectionId"); }

    /// <summary>One line, 1 to 120 characters.</summary>
    public string? Name { get; set => field = Set(value, "name"); }

    /// <summary>Another project that it goes to, with all its tasks and their sub-tasks; only when changing. Without <see cref="Order"/> it is the last one there.</summary>
    public Guid? ProjectId { get; set => field = Set(value, "projectId"); }

    /// <summary>Its place in the project.</summary>
    public string? Order { get; set => field = Set(value, "order"); }

    /// <summary>What is wrong with it; empty when nothing is.</summary>
    public Problems Problems(bool creating) => ListRules.Named(Name, creating || Has("name"), null, Order);
}

/// <summary>PATCH of a label by its name; a new name renames it on every task.</summary>
public sealed class LabelRequest : Patch
{
    /// <summary>The new name, 1 to 60 characters.</summary>
    public string? Name { get; set => field = Set(value, "name"); }

    /// <summary>A colour by name; null for none.</summary>
    public string? Colour { get; set => field = Set(value, "colour"); }

    /// <summary>Whether it is shown among the favourites.</summary>
    public bool? Favourite { get; set => field = Set(value, "favourite"); }

    /// <summary>What is wrong with it; empty when nothing is.</summary>
    public Problems Problems()
    {
        var problems = ListRules.Named(null, false, Colour, null);
        return Has("name") ? problems.RequireText(Name, "name", 1, TaskRules.LabelLength) : problems;
    }
}

/// <summary>POST and PATCH of a saved filter; PATCH touches only what is sent.</summary>
public sealed class FilterRequest : Patch
{
    /// <summary>The id the client chose; only when creating.</summary>
    public Guid? FilterId { get; set => field = Set(value, "filterId"); }

    /// <summary>One line, 1 to 120 characters.</summary>
    public string? Name { get; set => field = Set(value, "name"); }

    /// <summary>In the filter language.</summary>
    public string? Query { get; set => field = Set(value, "query"); }

    /// <summary>A colour by name; null for none.</summary>
    public string? Colour { get; set => field = Set(value, "colour"); }

    /// <summary>Whether it is shown among the favourites.</summary>
    public bool? Favourite { get; set => field = Set(value, "favourite"); }

    /// <summary>Its place among the filters.</summary>
    public string? Order { get; set => field = Set(value, "order"); }

    /// <summary>What is wrong with it, the query aside; empty when nothing is.</summary>
    public Problems Problems(bool creating)
    {
        var problems = ListRules.Named(Name, creating || Has("name"), Colour, Order);
        return creating || Has("query") ? problems.RequireText(Query, "query", 1, 1000) : problems;
    }
}

internal static class ListRules
{
    public const int NameLength = 120;

    public static Problems Named(string? name, bool needed, string? colour, string? order)
    {
        var problems = new Problems();
        if (needed)
            problems.RequireText(name, "name", 1, NameLength);
        return problems
            .Require(colour is null || colour.Length is > 0 and <= 30 && colour.All(c => char.IsAsciiLetterOrDigit(c) || c is '#' or '-'), "colour", "A colour by name.")
            .Require(order is null || OrderKey.IsValid(order), "order", "Letters and digits, at most 100.");
    }
}
