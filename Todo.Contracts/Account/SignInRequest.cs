namespace Todo.Contracts.Account;

/// <summary>POST /api/v1/account/sign-in.</summary>
/// <param name="Email">The address given at sign-up.</param>
/// <param name="Password">The password.</param>
/// <param name="Remember">True to stay signed in after the browser closes.</param>
public sealed record SignInRequest(string? Email, string? Password, bool Remember = true);
