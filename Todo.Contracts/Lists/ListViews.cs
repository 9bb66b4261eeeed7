namespace Todo.Contracts.Lists;

/// <summary>How lists are shown: all that are not as usual, or in a PATCH those that change.</summary>
/// <param name="Items">Each list once; in a PATCH a list that is as usual again is one without group, sort and completed.</param>
public sealed record ListViews(IReadOnlyList<ListView> Items)
{
    /// <summary>How many lists a user may have shown otherwise than usual; beyond that what was chosen longest ago goes.</summary>
    public const int Most = 500;

    /// <summary>What is wrong with it; empty when nothing is.</summary>
    public Problems Problems()
    {
        var problems = new Problems().Require(Items is { Count: <= Most }, "items", $"A list of at most {Most}.");
        for (var i = 0; problems.Count == 0 && i < Items.Count; i++)
        {
            var (view, at) = (Items[i], $"items[{i}]");
            problems.Require(view is not null, at, "Must not be null.");
            if (view is null)
                continue;
            problems
                .Require(ListPlace.Read(view.Place) is not null, $"{at}.place", "inbox, today, upcoming, projects/{projectId}, filters/{filterId} or labels/{name}.")
                .Require(Enum.IsDefined(view.Group), $"{at}.group", "none, date, priority, label or project.")
                .Require(Enum.IsDefined(view.Sort), $"{at}.sort", "own, date, priority, name or added.");
        }

        return problems;
    }
}
