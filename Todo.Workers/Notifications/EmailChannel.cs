using System.Globalization;
using System.Net;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;
using Todo.Contracts.Notifications;
using Todo.Workers.Calendar;

namespace Todo.Workers.Notifications;

/// <summary>Where mails are handed over, from configuration section Mail.</summary>
internal sealed class MailSettings
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 25;

    public string From { get; init; } = "TodoBus <todo@localhost>";

    public string? UserName { get; init; }

    public string Password { get; init; } = "";
}

/// <summary>Reminders by mail: several that came due together are one mail; titles are text, never markup or headers.</summary>
internal sealed class EmailChannel(MailSettings settings, AppLinks links, TimeProvider clock) : IChannel
{
    public string Name => Channels.Email;

    public async Task SendAsync(Recipient recipient, IReadOnlyList<Delivery> deliveries, CancellationToken ct)
    {
        if (settings.Host.Length == 0)
            throw new UndeliverableException("No mail server is configured (Mail:Host).");

        using var message = Compose(recipient, deliveries);
        using var smtp = new SmtpClient { Timeout = 30_000 };
        await smtp.ConnectAsync(settings.Host, settings.Port, cancellationToken: ct);
        if (settings.UserName is { Length: > 0 })
            await smtp.AuthenticateAsync(settings.UserName, settings.Password, ct);
        await smtp.SendAsync(message, ct);
        await smtp.DisconnectAsync(quit: true, ct);
    }

    internal MimeMessage Compose(Recipient recipient, IReadOnlyList<Delivery> deliveries)
    {
        if (!MailboxAddress.TryParse(recipient.Email, out var address))
            throw new UndeliverableException("The user has no usable mail address.");

        var lines = deliveries.OrderBy(delivery => delivery.ExpectedAt).Select(delivery => Line(recipient, delivery)).ToList();
        var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(address);
        message.Subject = OneLine(lines.Count == 1 ? lines[0].Subject : $"{lines.Count} reminders");
        message.MessageId = $"{deliveries[0].DeliveryId:N}@todobus";
        message.Date = clock.GetUtcNow();
        if (links.Unsubscribe(recipient.UserId) is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        message.Body = new BodyBuilder { TextBody = Text(lines, recipient.UserId), HtmlBody = Html(lines, recipient.UserId) }.ToMessageBody();
        return message;
    }

    private MailLine Line(Recipient recipient, Delivery delivery)
    {
        var local = delivery.ExpectedAt.ToOffset(WallClock.OffsetAt(delivery.ExpectedAt, WallClock.Zone(recipient.Preferences.Zone)));
        if (delivery.Kind != NotificationKinds.Reminder)
            return new MailLine(OneLine(delivery.Title), delivery.Details ?? "", links.Task(null));

        var was = delivery.IsLate(clock.GetUtcNow())
            ? local.ToString("'was due at 'HH:mm', 'd MMMM", CultureInfo.InvariantCulture)
            : local.ToString("'due at 'HH:mm", CultureInfo.InvariantCulture);
        return new MailLine(OneLine(delivery.Title), was, links.Task(delivery.TaskId));
    }

    private string Text(List<MailLine> lines, Guid userId)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.AppendLine(line.Title).AppendLine(line.When).AppendLine(line.Link).AppendLine();
        if (links.Unsubscribe(userId) is { } unsubscribe)
            text.AppendLine("No more of these mails:").AppendLine(unsubscribe);
        return text.ToString();
    }

    private string Html(List<MailLine> lines, Guid userId)
    {
        var html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif\">");
        foreach (var line in lines)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<p><a href=\"{WebUtility.HtmlEncode(line.Link)}\">{WebUtility.HtmlEncode(line.Title)}</a><br><small style=\"white-space:pre-line\">{WebUtility.HtmlEncode(line.When)}</small></p>");
        }

        if (links.Unsubscribe(userId) is { } unsubscribe)
            html.Append(CultureInfo.InvariantCulture, $"<p><small><a href=\"{WebUtility.HtmlEncode(unsubscribe)}\">No more of these mails</a></small></p>");
        return html.Append("</body></html>").ToString();
    }

    private static string OneLine(string text) =>
        new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);

    private sealed record MailLine(string Title, string When, string Link)
    {
        public string Subject => When.StartsWith("was", StringComparison.Ordinal) ? $"{Title} ({When})" : Title;
    }
}
