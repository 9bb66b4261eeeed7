namespace Todo.Web.Tasks;

/// <summary>How one list is shown: in groups, in another order than its own, with what is completed.</summary>
public sealed record ViewChoice(Grouping Group = Grouping.None, Sorting Sort = Sorting.Own, bool Completed = false)
{
    public static ViewChoice Usual { get; } = new();
}

/// <summary>What a list is parted by.</summary>
public enum Grouping
{
    None,
    Date,
    Priority,
    Label,
    Project,
}

/// <summary>What a list is ordered by.</summary>
public enum Sorting
{
    Own,
    Date,
    Priority,
    Name,
    Added,
}
