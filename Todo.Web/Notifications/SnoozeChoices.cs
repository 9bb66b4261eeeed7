using Todo.Web.Dates;

namespace Todo.Web.Notifications;

/// <summary>The moments to which a reminder can be put off.</summary>
public static class SnoozeChoices
{
    public static IEnumerable<(string Name, DateTimeOffset Until)> At(UserClock clock)
    {
        var now = clock.Now;
        yield return ("10 minutes", now.AddMinutes(10));
        yield return ("1 hour", now.AddHours(1));
        if (now.Hour < 18)
            yield return ("This evening", clock.At(now.Date.AddHours(19)));
        yield return ("Tomorrow morning", clock.At(now.Date.AddDays(1).AddHours(9)));
        var monday = now.Date.AddDays(((int)DayOfWeek.Monday - (int)now.DayOfWeek + 6) % 7 + 1);
        yield return ("Next week", clock.At(monday.AddHours(9)));
    }
}
