using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Tasks;

/// <summary>The orders a list can be in. What is equal by one of them stands in the person's own order.</summary>
public static class TaskOrder
{
    public static Comparer<TaskView> Of(Sorting sort, UserClock clock) => sort switch
    {
        Sorting.Date => ByDay(clock),
        Sorting.Priority => Then(static (a, b) => a.Priority.CompareTo(b.Priority)),
        Sorting.Name => Then(static (a, b) => string.Compare(a.Title, b.Title, StringComparison.OrdinalIgnoreCase)),
        Sorting.Added => Then(static (a, b) => b.CreatedAt.CompareTo(a.CreatedAt)),
        _ => TaskBoard.ByOrder,
    };

    // By day, then time, then priority; what has no date comes last.
    private static Comparer<TaskView> ByDay(UserClock clock) => Then((a, b) =>
    {
        if (a.Due is not { } dueA || b.Due is not { } dueB)
            return (a.Due is null).CompareTo(b.Due is null);
        var ((dayA, timeA), (dayB, timeB)) = (clock.Shown(dueA), clock.Shown(dueB));
        if (dayA != dayB)
            return dayA.CompareTo(dayB);
        return (timeA ?? TimeOnly.MaxValue).CompareTo(timeB ?? TimeOnly.MaxValue) is var time and not 0 ? time : a.Priority.CompareTo(b.Priority);
    });

    private static Comparer<TaskView> Then(Comparison<TaskView> first) =>
        Comparer<TaskView>.Create((a, b) => first(a, b) is var order and not 0 ? order : TaskBoard.ByOrder.Compare(a, b));
}
