namespace Todo.Contracts.Reminders;

/// <summary>What the choices for a snooze mean to somebody now: by their morning and the first day of their week.</summary>
public static class SnoozeTimes
{
    private static readonly TimeOnly Evening = new(19, 0);

    /// <summary>The choices there are now, the nearest first.</summary>
    /// <param name="now">Now, on the wall clock of the person asking.</param>
    /// <param name="morning">When reminders of whole days come.</param>
    /// <param name="weekStart">The first day of the week.</param>
    /// <param name="instant">Turns a time on that wall clock into a moment.</param>
    public static IEnumerable<SnoozeMoment> At(DateTimeOffset now, TimeOnly morning, DayOfWeek weekStart, Func<DateTime, DateTimeOffset> instant)
    {
        var today = DateOnly.FromDateTime(now.DateTime);
        var daysToNextWeek = (((int)weekStart - (int)today.DayOfWeek + 6) % 7) + 1;
        yield return new(SnoozeChoice.TenMinutes, now.AddMinutes(10));
        yield return new(SnoozeChoice.OneHour, now.AddHours(1));
        if (TimeOnly.FromDateTime(now.DateTime) < Evening.AddHours(-1))
            yield return new(SnoozeChoice.ThisEvening, instant(today.ToDateTime(Evening)));
        yield return new(SnoozeChoice.TomorrowMorning, instant(today.AddDays(1).ToDateTime(morning)));
        yield return new(SnoozeChoice.NextWeek, instant(today.AddDays(daysToNextWeek).ToDateTime(morning)));
    }
}
