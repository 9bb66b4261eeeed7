namespace Todo.Contracts.QuickAdd;

/// <summary>A piece of the line that is not title: show it as a chip. No token, no effect.</summary>
/// <param name="Kind">What it was understood as.</param>
/// <param name="Start">Where in the line it begins.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Text">The piece as typed.</param>
/// <param name="Value">What it stands for, resolved: <c>2026-11-13 17:00</c>, <c>FREQ=DAILY</c>, a name.</param>
public sealed record QuickToken(QuickTokenKind Kind, int Start, int Length, string Text, string Value);
