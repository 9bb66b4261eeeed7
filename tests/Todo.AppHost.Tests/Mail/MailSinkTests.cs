using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;
using Todo.AppHost.Mail;

namespace Todo.AppHost.Tests.Mail;

public sealed class MailSinkTests : IAsyncDisposable
{
    private readonly MailSink _sink = MailSink.Start(Directory.CreateTempSubdirectory("todobus-mail-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        Directory.Delete(_sink.Folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_becomes_a_file()
    {
        await SendAsync("todo@example.org", "ada@example.org", "Reminder", "Water the plants.\n.\nAnd the cat.");

        var mail = await File.ReadAllTextAsync(Mails().Should().ContainSingle().Subject, Ct);
        mail.Should().StartWith("X-Envelope-From: todo@example.org\r\nX-Envelope-To: ada@example.org\r\n");
        mail.Should().Contain("Subject: Reminder").And.Contain("Water the plants.").And.Contain("And the cat.");
    }

    [Fact]
    public async Task Mails_sent_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => SendAsync("a@example.org", $"user{number}@example.org", $"Mail {number}", "x")));

        Mails().Should().HaveCount(20);
    }

    [Fact]
    public async Task Dots_at_the_start_of_a_line_arrive_as_they_were_meant()
    {
        var answers = await TalkAsync(
            "EHLO me", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "Subject: dots\r\n\r\n..one\r\nlone \n.\n line feeds\r\n.", "QUIT");

        answers[^1].Should().StartWith("221");
        (await File.ReadAllTextAsync(Mails().Single(), Ct)).Should().EndWith("\r\n\r\n.one\r\nlone \n.\n line feeds\r\n");
    }

    [Fact]
    public async Task Commands_out_of_order_are_refused_and_the_session_goes_on()
    {
        var answers = await TalkAsync("MAIL FROM:<a@b>", "EHLO me", "RCPT TO:<c@d>", "DATA", "TURN", "NOOP", "RSET", "QUIT");

        answers.Select(answer => answer[..3]).Should().Equal("220", "503", "250", "503", "503", "502", "250", "250", "221");
    }

    [Fact]
    public async Task A_mail_that_says_it_is_too_large_is_refused_before_it_is_sent()
    {
        var answers = await TalkAsync("EHLO me", $"MAIL FROM:<a@b> SIZE={MailSink.LargestMessage + 1}", "QUIT");

        answers[2].Should().StartWith("552");
    }

    [Fact]
    public async Task A_mail_whose_sender_goes_away_leaves_no_file()
    {
        using (var client = new TcpClient("127.0.0.1", _sink.Port))
            await client.GetStream().WriteAsync("EHLO me\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: half"u8.ToArray(), Ct);

        await _sink.DisposeAsync();

        Directory.EnumerateFiles(_sink.Folder).Should().BeEmpty();
    }

    private async Task SendAsync(string from, string to, string subject, string text)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", _sink.Port, cancellationToken: Ct);
        await client.SendAsync(new MimeMessage([MailboxAddress.Parse(from)], [MailboxAddress.Parse(to)], subject, new TextPart("plain") { Text = text }), Ct);
        await client.DisconnectAsync(quit: true, Ct);
    }

    private string[] Mails() => Directory.GetFiles(_sink.Folder, "*.eml");

    /// <summary>Sends the lines one by one, each after the answer to the one before, and returns the answers' last lines.</summary>
    private async Task<List<string>> TalkAsync(params string[] lines)
    {
        using var client = new TcpClient("127.0.0.1", _sink.Port);
        using var reader = new StreamReader(client.GetStream());
        var answers = new List<string> { await AnswerAsync(reader) };
        foreach (var line in lines)
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), Ct);
            answers.Add(await AnswerAsync(reader));
        }

        return answers;
    }

    private static async Task<string> AnswerAsync(StreamReader reader)
    {
        while (true)
        {
            var line = await reader.ReadLineAsync(Ct) ?? throw new IOException("The server hung up.");
            if (line.Length < 4 || line[3] != '-')
                return line;
        }
    }
}
