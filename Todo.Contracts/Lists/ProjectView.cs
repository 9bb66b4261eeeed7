namespace Todo.Contracts.Lists;

/// <summary>A project with its sections.</summary>
public sealed record ProjectView
{
    /// <summary>The id, chosen by whoever created it.</summary>
    public required Guid ProjectId { get; init; }

    /// <summary>One line, 1 to 120 characters. Hostile text.</summary>
    public required string Name { get; init; }

    /// <summary>A colour by name, for example <c>teal</c>; null for none.</summary>
    public string? Colour { get; init; }

    /// <summary>The project it lies in.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>True when it is shown among the favourites.</summary>
    public bool Favourite { get; init; }

    /// <summary>True when it is put away, together with its tasks.</summary>
    public bool Archived { get; init; }

    /// <summary>Its place among its siblings: sort by this text, ordinally.</summary>
    public string Order { get; set; } = "";

    /// <summary>Its sections, in order.</summary>
    public IReadOnlyList<SectionView> Sections { get; set; } = [];
}

/// <summary>A part of a project, a column on its board.</summary>
/// <param name="SectionId">The id, chosen by whoever created it.</param>
/// <param name="Name">One line, 1 to 120 characters. Hostile text.</param>
/// <param name="Order">Its place: sort by this text, ordinally.</param>
public sealed record SectionView(Guid SectionId, string Name, string Order);
