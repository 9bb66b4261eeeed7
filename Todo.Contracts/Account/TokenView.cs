namespace Todo.Contracts.Account;

/// <summary>A personal access token, for scripts. Its secret is shown once, when it is made.</summary>
/// <param name="TokenId">Which.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes"><c>tasks:read</c>, <c>tasks:write</c>, <c>account</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LastUsedAt">When it was last used, to the hour.</param>
/// <param name="Secret">Only in the answer that made it.</param>
public sealed record TokenView(
    Guid TokenId, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, string? Secret = null);

/// <summary>POST /api/v1/account/tokens.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="Days">How long it lasts, 1 to 366.</param>
public sealed record CreateTokenRequest(string? Name, IReadOnlyList<string>? Scopes, int Days = 90);

/// <summary>A browser that is signed in.</summary>
/// <param name="SessionId">Which.</param>
/// <param name="Browser">What it said of itself, shortened. Hostile text.</param>
/// <param name="SignedInAt">Since when.</param>
/// <param name="SeenAt">When it last asked for something, to a few minutes.</param>
/// <param name="Current">True for the one that asks.</param>
public sealed record SessionView(Guid SessionId, string Browser, DateTimeOffset SignedInAt, DateTimeOffset SeenAt, bool Current);

/// <summary>POST /api/v1/account/password.</summary>
/// <param name="Current">The password so far.</param>
/// <param name="Next">The new one, 8 to 128 characters.</param>
public sealed record ChangePasswordRequest(string? Current, string? Next);

/// <summary>DELETE /api/v1/account: everything of yours goes, at once and for good.</summary>
/// <param name="Password">The password, once more.</param>
public sealed record DeleteAccountRequest(string? Password);
