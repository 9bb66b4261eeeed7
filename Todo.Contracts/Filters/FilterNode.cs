namespace Todo.Contracts.Filters;

/// <summary>A filter, read.</summary>
public abstract record FilterNode
{
    /// <summary>Both hold.</summary>
    public sealed record And(FilterNode Left, FilterNode Right) : FilterNode;

    /// <summary>One of them holds.</summary>
    public sealed record Or(FilterNode Left, FilterNode Right) : FilterNode;

    /// <summary>It does not hold.</summary>
    public sealed record Not(FilterNode Inner) : FilterNode;

    /// <summary>One condition.</summary>
    /// <param name="Kind">Which.</param>
    /// <param name="Text">The name or text it is about.</param>
    /// <param name="From">The first day it is about.</param>
    /// <param name="To">The last day it is about.</param>
    /// <param name="Number">The priority it is about.</param>
    public sealed record Term(FilterKind Kind, string? Text = null, DateOnly? From = null, DateOnly? To = null, int Number = 0) : FilterNode;
}

/// <summary>The conditions there are.</summary>
public enum FilterKind
{
    /// <summary>Due from one day to another.</summary>
    Due,

    /// <summary>Has no due date.</summary>
    NoDate,

    /// <summary>Due without a time.</summary>
    NoTime,

    /// <summary>Has a deadline from one day to another.</summary>
    Deadline,

    /// <summary>Created from one day to another.</summary>
    Created,

    /// <summary>Has this priority.</summary>
    Priority,

    /// <summary>Lies in the project of this name.</summary>
    Project,

    /// <summary>Lies in the section of this name.</summary>
    Section,

    /// <summary>Lies in no project.</summary>
    Inbox,

    /// <summary>Carries this label; a star stands for any ending.</summary>
    Label,

    /// <summary>Carries no label.</summary>
    NoLabel,

    /// <summary>Repeats.</summary>
    Recurring,

    /// <summary>Is a part of another task.</summary>
    SubTask,

    /// <summary>Title or notes contain these words.</summary>
    Search,

    /// <summary>Every task.</summary>
    All,
}
