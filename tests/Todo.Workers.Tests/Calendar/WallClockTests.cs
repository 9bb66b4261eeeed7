using NodaTime;
using NodaTime.Extensions;
using Todo.Workers.Calendar;

namespace Todo.Workers.Tests.Calendar;

public class WallClockTests
{
    [Fact]
    public void Every_zone_resolves_every_quarter_hour_around_its_next_two_transitions()
    {
        var wrong = new List<string>();
        foreach (var zone in DateTimeZoneProviders.Tzdb.GetAllZones())
        {
            foreach (var transition in NextTransitions(zone, Instant.FromUtc(2026, 11, 23, 0, 0), 2))
                wrong.AddRange(Around(transition).Where(local => !IsRight(zone, local)).Select(local => $"{zone.Id} {local}"));
        }

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void A_day_that_a_zone_left_out_is_the_next_one() =>
        // Samoa went from 29 to 31 December 2011.
        WallClock.At(new DateOnly(2011, 12, 30), new TimeOnly(9, 0), WallClock.Zone("Pacific/Apia"))
            .Should().Be(WallClock.At(new DateOnly(2011, 12, 31), new TimeOnly(9, 0), WallClock.Zone("Pacific/Apia")));

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData(null)]
    public void A_zone_nobody_knows_counts_as_UTC(string? zone) =>
        WallClock.Zone(zone).Should().Be(DateTimeZone.Utc);

    [Fact]
    public void An_id_derived_from_a_name_is_the_one_the_RFC_prints() =>
        // RFC 9562, appendix A.4: version 5 of www.example.com in the DNS namespace.
        NamedId.Of(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com")
            .Should().Be(Guid.Parse("2ed6657d-e927-568b-95e1-2665a8aea6a2"));

    // The rule, told apart from how it is done: a time that exists is itself (the first one if there are two), one that does not
    // exist is as long after the transition as it lies inside the gap.
    private static bool IsRight(DateTimeZone zone, LocalDateTime local)
    {
        var found = Instant.FromDateTimeOffset(WallClock.At(local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly(), zone));
        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            1 => found.InZone(zone).LocalDateTime == local,
            2 => found.InZone(zone).LocalDateTime == local && found == mapping.First().ToInstant(),
            _ => found == local.WithOffset(mapping.EarlyInterval.WallOffset).ToInstant()
                && found.InZone(zone).LocalDateTime == local + Period.FromTicks((mapping.LateInterval.WallOffset - mapping.EarlyInterval.WallOffset).Ticks),
        };
    }

    private static IEnumerable<LocalDateTime> Around(ZoneIntervalAndZone transition)
    {
        var at = transition.At.InZone(transition.Zone).LocalDateTime;
        return Enumerable.Range(-16, 32).Select(quarter => at.PlusMinutes(15 * quarter));
    }

    private static IEnumerable<ZoneIntervalAndZone> NextTransitions(DateTimeZone zone, Instant from, int count)
    {
        for (var interval = zone.GetZoneInterval(from); count > 0 && interval.HasEnd; count--)
        {
            yield return new ZoneIntervalAndZone(zone, interval.End);
            interval = zone.GetZoneInterval(interval.End);
        }
    }

    private sealed record ZoneIntervalAndZone(DateTimeZone Zone, Instant At);
}
