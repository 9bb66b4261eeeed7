namespace Todo.Contracts.Lists;

/// <summary>All projects of a user.</summary>
/// <param name="Items">In order of their places.</param>
public sealed record ProjectList(IReadOnlyList<ProjectView> Items);

/// <summary>A label, whether somebody gave it a colour or it only stands on tasks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Colour">A colour by name.</param>
/// <param name="Favourite">True when it is shown among the favourites.</param>
/// <param name="OpenTasks">How many open tasks carry it.</param>
public sealed record LabelView(string Name, string? Colour, bool Favourite, int OpenTasks);

/// <summary>All labels of a user.</summary>
/// <param name="Items">By name.</param>
public sealed record LabelList(IReadOnlyList<LabelView> Items);

/// <summary>A filter kept under a name.</summary>
/// <param name="FilterId">The id, chosen by whoever created it.</param>
/// <param name="Name">One line, 1 to 120 characters. Hostile text.</param>
/// <param name="Query">In the filter language.</param>
/// <param name="Colour">A colour by name.</param>
/// <param name="Favourite">True when it is shown among the favourites.</param>
/// <param name="Order">Its place: sort by this text, ordinally.</param>
public sealed record FilterView(Guid FilterId, string Name, string Query, string? Colour, bool Favourite, string Order);

/// <summary>All saved filters of a user.</summary>
/// <param name="Items">In order of their places.</param>
public sealed record FilterList(IReadOnlyList<FilterView> Items);

/// <summary>How many open tasks there are, by place and time.</summary>
/// <param name="Inbox">Without a project.</param>
/// <param name="Overdue">Due before today.</param>
/// <param name="Today">Due today.</param>
/// <param name="Upcoming">Due after today.</param>
/// <param name="Open">In all.</param>
/// <param name="Projects">By project id.</param>
public sealed record CountsView(int Inbox, int Overdue, int Today, int Upcoming, int Open, IReadOnlyDictionary<Guid, int> Projects);
