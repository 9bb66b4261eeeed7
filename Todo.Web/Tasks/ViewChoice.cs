using Todo.Contracts.Lists;

namespace Todo.Web.Tasks;

/// <summary>How one list is shown: in groups, in another order than its own, with what is completed.</summary>
public sealed record ViewChoice(Grouping Group = Grouping.None, Sorting Sort = Sorting.Own, bool Completed = false)
{
    public static ViewChoice Usual { get; } = new();

    public static ViewChoice Of(ListView view) => new(view.Group, view.Sort, view.Completed);

    public ListView On(string place) => new() { Place = place, Group = Group, Sort = Sort, Completed = Completed };
}
