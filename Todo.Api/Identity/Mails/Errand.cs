namespace Todo.Api.Identity.Mails;

/// <summary>Something to be done about an address after whoever asked for it was answered. A class, because a record would write its password into any log.</summary>
internal abstract class Errand(string email)
{
    public string Email => email;
}

internal sealed class SignUpErrand(string email, string password) : Errand(email)
{
    public string Password => password;
}

internal sealed class ForgottenErrand(string email) : Errand(email);

internal sealed class PasswordChangedErrand(string email) : Errand(email);
