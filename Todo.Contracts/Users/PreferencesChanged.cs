using Todo.Contracts.Account;

namespace Todo.Contracts.Users;

/// <summary>What a user prefers, and where mails reach them, as it stands now. Also said once at sign-up. Key: user id.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Email">Where mails go.</param>
/// <param name="Preferences">All of them.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="WebhookGeneration">Which of the user's webhook secrets signs; see <see cref="WebhookSecret"/>.</param>
/// <param name="WebhookRotatedAt">When it became that one.</param>
[Message("todo.user.preferences-changed.v1", Topics.UserEvents)]
public sealed record PreferencesChanged(
    Guid UserId,
    string Email,
    Preferences Preferences,
    DateTimeOffset OccurredAt,
    int WebhookGeneration = 0,
    DateTimeOffset? WebhookRotatedAt = null);
