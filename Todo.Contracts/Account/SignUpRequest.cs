namespace Todo.Contracts.Account;

/// <summary>POST /api/v1/account/sign-up.</summary>
/// <param name="Email">The address that signs in and that mails go to.</param>
/// <param name="Password">8 to 128 characters of any kind.</param>
/// <param name="Zone">The IANA zone of the browser; null means UTC until preferences say otherwise.</param>
public sealed record SignUpRequest(string? Email, string? Password, string? Zone = null);
