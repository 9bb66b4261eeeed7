using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.Identity;
using Todo.Api.Storage;

namespace Todo.Api.Identity.Mails;

/// <summary>Does one errand: looks what the address has here, does what follows, and mails its owner. Doing it again is harmless.</summary>
internal sealed class ErrandRunner(UserManager<TodoUser> users, Accounts accounts, AccountSettings settings, MailSettings mail, TimeProvider clock)
{
    /// <summary>The kind of mail that went out; null where there was none to send.</summary>
    public async Task<string?> RunAsync(Errand errand, CancellationToken ct)
    {
        var known = await users.FindByEmailAsync(errand.Email);
        var letter = errand switch
        {
            SignUpErrand when known is { EmailConfirmed: true } => AccountMail.HasAccount(settings.App),
            SignUpErrand wish => await ConfirmAsync(await accounts.ReserveAsync(known, wish.Email, wish.Password)),
            ForgottenErrand when known is not null => AccountMail.Reset(settings.App, MailedToken.Write(known.Id, await users.GeneratePasswordResetTokenAsync(known))),
            PasswordChangedErrand when known is not null => AccountMail.PasswordChanged(settings.App),
            _ => null,
        };
        if (letter is null || (known?.Email ?? errand.Email) is not { } email || letter.To(email, mail, clock.Now()) is not { } message)
            return null;
        using (message)
            await SendAsync(message, ct);
        return letter.Kind;
    }

    private async Task<AccountMail> ConfirmAsync(TodoUser user) =>
        AccountMail.Confirm(settings.App, MailedToken.Write(user.Id, await users.GenerateEmailConfirmationTokenAsync(user)));

    private async Task SendAsync(MimeKit.MimeMessage message, CancellationToken ct)
    {
        if (mail.Host.Length == 0)
            throw new NoMailServerException();
        using var smtp = new SmtpClient { Timeout = 30_000 };
        await smtp.ConnectAsync(mail.Host, mail.Port, Security, ct);
        if (mail.UserName is { Length: > 0 })
            await smtp.AuthenticateAsync(mail.UserName, mail.Password, ct);
        await smtp.SendAsync(message, ct);
        await smtp.DisconnectAsync(quit: true, ct);
    }

    private SecureSocketOptions Security =>
        !mail.RequireTls ? SecureSocketOptions.Auto : mail.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
}

internal sealed class NoMailServerException() : Exception("no mail server is configured (Mail:Host)");
