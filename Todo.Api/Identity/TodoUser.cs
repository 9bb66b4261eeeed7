using Microsoft.AspNetCore.Identity;

namespace Todo.Api.Identity;

/// <summary>Somebody who can sign in.</summary>
internal sealed class TodoUser : IdentityUser<Guid>
{
    public DateTimeOffset CreatedAt { get; init; }
}
