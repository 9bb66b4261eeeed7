namespace Todo.Contracts.Account;

/// <summary>Who is signed in.</summary>
public sealed record AccountView
{
    /// <summary>The user's id; the owner id of everything that is theirs.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The address they sign in with.</summary>
    public required string Email { get; init; }

    /// <summary><c>user</c>, and <c>operator</c> for those who look after the system.</summary>
    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>The IANA zone of their preferences.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>Where operators find the pages about background jobs; null for everybody else.</summary>
    public string? JobsUrl { get; init; }
}
