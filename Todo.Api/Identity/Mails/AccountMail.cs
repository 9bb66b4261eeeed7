using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Todo.Api.Identity.Mails;

/// <summary>A mail about an account: a few sentences and ways on. It repeats nothing that anybody typed.</summary>
/// <remarks>No List-Unsubscribe: each is sent because somebody asked for it just now.</remarks>
internal sealed record AccountMail(string Kind, string Subject, IReadOnlyList<string> Sentences, IReadOnlyList<(string What, Uri Where)> Ways, string Close)
{
    public static AccountMail Confirm(Uri app, string token) => new(
        "confirm",
        "Confirm your address for TodoBus",
        ["Somebody, hopefully you, made a TodoBus account with this address. Follow the link and say the password you chose; then the account is yours."],
        [("Confirm this address", new Uri(app, $"confirm#{token}"))],
        "The link works once, for a day. If it was not you, do nothing: an address that is not confirmed has no account.");

    public static AccountMail HasAccount(Uri app) => new(
        "has-account",
        "You have a TodoBus account already",
        ["Somebody, hopefully you, wanted to make a TodoBus account with this address. It has one already."],
        [("Sign in", new Uri(app, "sign-in")), ("Choose a new password, if you forgot it", new Uri(app, "forgot-password"))],
        "If it was not you, do nothing: nothing has changed.");

    public static AccountMail Reset(Uri app, string token) => new(
        "reset",
        "Choose a new password for TodoBus",
        ["Somebody, hopefully you, asked for a new password for the TodoBus account of this address."],
        [("Choose a new password", new Uri(app, $"reset-password#{token}"))],
        "The link works once, for an hour. If it was not you, do nothing: the password stays as it is.");

    public static AccountMail PasswordChanged(Uri app) => new(
        "password-changed",
        "Your TodoBus password was changed",
        ["The password of your TodoBus account was changed just now, and other browsers were signed out."],
        [("If it was not you, choose a new one", new Uri(app, "forgot-password"))],
        "If it was you, there is nothing to do.");

    /// <summary>Null where a mail program would not take the address.</summary>
    public MimeMessage? To(string email, MailSettings settings, DateTimeOffset now)
    {
        if (!MailboxAddress.TryParse(email, out var address) || address.Address != email)
            return null;
        var message = new MimeMessage
        {
            Subject = Subject,
            MessageId = MimeUtils.GenerateMessageId("todobus"),
            Date = now,
            Body = new BodyBuilder { TextBody = Text(), HtmlBody = Html() }.ToMessageBody(),
        };
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(address);
        message.Headers.Add("Auto-Submitted", "auto-generated"); // nobody's holiday note needs to answer this
        return message;
    }

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var sentence in Sentences)
            text.AppendLine(sentence).AppendLine();
        foreach (var (what, where) in Ways)
            text.AppendLine(CultureInfo.InvariantCulture, $"{what}:").AppendLine(where.ToString()).AppendLine();
        return text.AppendLine(Close).ToString();
    }

    private string Html()
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><body style=\"font-family:sans-serif\">");
        foreach (var sentence in Sentences)
            html.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(sentence)}</p>");
        foreach (var (what, where) in Ways)
            html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{WebUtility.HtmlEncode(where.ToString())}\">{WebUtility.HtmlEncode(what)}</a></p>");
        return html.Append(CultureInfo.InvariantCulture, $"<p><small>{WebUtility.HtmlEncode(Close)}</small></p></body></html>").ToString();
    }
}
