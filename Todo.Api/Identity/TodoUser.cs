using Microsoft.AspNetCore.Identity;

namespace Todo.Api.Identity;

/// <summary>Somebody who can sign in; with an address that is not confirmed, a sign-up that waits for its owner and has nothing yet.</summary>
internal sealed class TodoUser : IdentityUser<Guid>
{
    public DateTimeOffset CreatedAt { get; set; }
}
