using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Todo.Testing;

/// <summary>As much of a mail server as a client needs, in memory. Refuses mail while the test says so.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _received = new();

    public MailServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Addresses whose mails are refused for the time being.</summary>
    public ConcurrentDictionary<string, bool> Refused { get; } = new();

    public IReadOnlyList<MimeMessage> To(string address) =>
        [.. _received.Where(mail => mail.To.Mailboxes.Any(to => to.Address == address))];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var command = line.Length >= 4 ? line[..4].ToUpperInvariant() : line;
            if (command == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                _received.Enqueue(await MimeMessage.LoadAsync(await BodyAsync(reader), _stop.Token));
            }

            if (command == "RCPT" && Refused.Keys.Any(line.Contains))
                await writer.WriteLineAsync("451 not now");
            else
                await writer.WriteLineAsync(command == "QUIT" ? "221 bye" : "250 ok");
            if (command == "QUIT")
                return;
        }
    }

    private static async Task<MemoryStream> BodyAsync(StreamReader reader)
    {
        var body = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            body.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return new MemoryStream(Encoding.Latin1.GetBytes(body.ToString()));
    }
}
