namespace Todo.Contracts.Audit;

/// <summary>A page of the audit, newest first.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntryView> Items, string? Next);
