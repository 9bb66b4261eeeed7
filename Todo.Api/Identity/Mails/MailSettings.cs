namespace Todo.Api.Identity.Mails;

/// <summary>Where mails are handed over, from configuration section Mail; Workers read the same.</summary>
internal sealed class MailSettings
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 25;

    public string From { get; init; } = "TodoBus <todo@localhost>";

    public string? UserName { get; init; }

    public string Password { get; init; } = "";

    /// <summary>True to hand mails over encrypted or not at all; otherwise encryption is used where the server offers it.</summary>
    public bool RequireTls { get; init; }
}
