namespace Todo.Contracts.Account;

/// <summary>Hours in which nothing rings. When <paramref name="To"/> is not after <paramref name="From"/>, they last into the next day.</summary>
/// <param name="Days">The days on which they begin; empty means every day.</param>
/// <param name="From">When they begin, in the zone of the preferences.</param>
/// <param name="To">When they end.</param>
public sealed record QuietHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);
