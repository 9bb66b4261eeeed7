using Todo.Contracts.Reminders;
using Todo.Web.Dates;

namespace Todo.Web.Notifications;

/// <summary>The moments to which a reminder can be put off.</summary>
public static class SnoozeChoices
{
    public static IEnumerable<(string Name, DateTimeOffset Until)> At(UserClock clock) =>
        SnoozeTimes.At(clock.Now, clock.AllDayTime, clock.WeekStart, clock.At).Select(moment => (Name(moment.Choice), moment.Until));

    private static string Name(SnoozeChoice choice) => choice switch
    {
        SnoozeChoice.TenMinutes => "10 minutes",
        SnoozeChoice.OneHour => "1 hour",
        SnoozeChoice.ThisEvening => "This evening",
        SnoozeChoice.TomorrowMorning => "Tomorrow morning",
        _ => "Next week",
    };
}
