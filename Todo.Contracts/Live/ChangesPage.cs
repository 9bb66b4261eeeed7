namespace Todo.Contracts.Live;

/// <summary>The changes after a sequence number, or the advice to load everything anew.</summary>
/// <param name="Changes">In order of sequence; several changes of one task may be folded into its latest.</param>
/// <param name="Sequence">The sequence these changes lead up to; ask again with this.</param>
/// <param name="More">True when another page follows at once.</param>
/// <param name="FullSync">True when <c>since</c> is older than what is kept: load the lists anew and go on from <paramref name="Sequence"/>.</param>
public sealed record ChangesPage(
    IReadOnlyList<TaskChanged> Changes,
    long Sequence,
    bool More,
    bool FullSync);
