using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Todo.AppHost.Mail;

/// <summary>One client's conversation: as much of SMTP as a mail library uses to hand over a message.</summary>
internal sealed class SmtpSession(Stream stream, MailSink sink)
{
    private const int LongestCommand = 4096;

    private readonly PipeReader _input = PipeReader.Create(stream);
    private readonly List<string> _to = [];
    private string? _from;
    private bool _greeted;

    public async Task RunAsync(CancellationToken ct)
    {
        await SayAsync("220 localhost TodoBus mail sink", ct);
        while (await ReadLineAsync(LongestCommand, ct) is { } line)
        {
            var command = Encoding.UTF8.GetString(line);
            var verb = command.Split(' ')[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                await ReceiveAsync(ct);
                continue;
            }

            await SayAsync(Answer(verb, command), ct);
            if (verb == "QUIT")
                return;
        }
    }

    private string Answer(string verb, string command) => verb switch
    {
        "EHLO" => Greet($"250-localhost\r\n250-SIZE {MailSink.LargestMessage}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING"),
        "HELO" => Greet("250 localhost"),
        "MAIL" => From(command),
        "RCPT" => To(command),
        "RSET" => Reset("250 OK"),
        "NOOP" => "250 OK",
        "VRFY" => "252 Everybody is welcome",
        "QUIT" => "221 Bye",
        _ => "502 Command not implemented",
    };

    private string Greet(string answer)
    {
        _greeted = true;
        return Reset(answer);
    }

    private string Reset(string answer)
    {
        _from = null;
        _to.Clear();
        return answer;
    }

    private string From(string command)
    {
        if (!_greeted)
            return "503 Say EHLO first";
        if (_from is not null)
            return "503 One sender at a time";
        if (Address(command, "MAIL FROM:") is not { } address)
            return "501 MAIL FROM:<address>";
        if (DeclaredSize(command) > MailSink.LargestMessage)
            return "552 Message too large";

        _from = address;
        return "250 OK";
    }

    private string To(string command)
    {
        if (_from is null)
            return "503 MAIL first";
        if (Address(command, "RCPT TO:") is not { Length: > 0 } address)
            return "501 RCPT TO:<address>";

        _to.Add(address);
        return "250 OK";
    }

    private async Task ReceiveAsync(CancellationToken ct)
    {
        if (_to.Count == 0)
        {
            await SayAsync("503 RCPT first", ct);
            return;
        }

        await SayAsync("354 End with a line that holds a dot only", ct);
        var message = new ArrayBufferWriter<byte>();
        var size = 0L;
        while (await ReadLineAsync(MailSink.LargestMessage, ct) is { } line)
        {
            if (line is [(byte)'.'])
            {
                await FinishAsync(message.WrittenMemory, size, ct);
                return;
            }

            // What the client doubled to tell its dots from the end. Beyond the limit we go on reading and keep nothing.
            var content = line is [(byte)'.', ..] ? line.AsSpan(1) : line;
            size += content.Length + 2;
            if (size > MailSink.LargestMessage)
                continue;
            message.Write(content);
            message.Write("\r\n"u8);
        }
    }

    private async Task FinishAsync(ReadOnlyMemory<byte> message, long size, CancellationToken ct)
    {
        if (size > MailSink.LargestMessage)
        {
            await SayAsync(Reset("552 Message too large"), ct);
            return;
        }

        try
        {
            await sink.StoreAsync(_from!, _to, message, ct);
            await SayAsync(Reset("250 Stored"), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await SayAsync(Reset("451 Could not be stored, try again"), ct);
        }
    }

    /// <summary>The next line without its CR LF; null when the client has closed. A lone LF does not end a line.</summary>
    private async Task<byte[]?> ReadLineAsync(int limit, CancellationToken ct)
    {
        while (true)
        {
            var read = await _input.ReadAsync(ct);
            var reader = new SequenceReader<byte>(read.Buffer);
            if (reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
            {
                var bytes = line.ToArray();
                _input.AdvanceTo(reader.Position);
                return bytes;
            }

            if (read.IsCompleted)
                return null;
            if (read.Buffer.Length > limit)
                throw new IOException("The line is too long.");
            _input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private async Task SayAsync(string line, CancellationToken ct) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);

    private static string? Address(string command, string prefix)
    {
        if (!command.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var open = command.IndexOf('<', StringComparison.Ordinal);
        var close = command.IndexOf('>', StringComparison.Ordinal);
        return open >= 0 && close > open ? command[(open + 1)..close] : null;
    }

    private static long DeclaredSize(string command) =>
        command.Split(' ').FirstOrDefault(word => word.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase)) is { } word
        && long.TryParse(word.AsSpan(5), CultureInfo.InvariantCulture, out var size)
            ? size
            : 0;
}
