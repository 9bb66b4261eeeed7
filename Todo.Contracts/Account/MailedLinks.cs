namespace Todo.Contracts.Account;

/// <summary>POST /api/v1/account/confirm.</summary>
/// <param name="Token">What follows <c>#</c> in the link that was mailed.</param>
/// <param name="Password">The password chosen at sign-up.</param>
public sealed record ConfirmAddressRequest(string? Token, string? Password);

/// <summary>POST /api/v1/account/forgot-password.</summary>
/// <param name="Email">The address of the account.</param>
public sealed record ForgotPasswordRequest(string? Email);

/// <summary>POST /api/v1/account/reset-password.</summary>
/// <param name="Token">What follows <c>#</c> in the link that was mailed.</param>
/// <param name="Password">The new one, 8 to 128 characters.</param>
/// <param name="RevokeTokens">True to revoke the account's access tokens as well.</param>
public sealed record ResetPasswordRequest(string? Token, string? Password, bool RevokeTokens = false);
