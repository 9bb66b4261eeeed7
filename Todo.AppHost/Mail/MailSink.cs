using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Todo.AppHost.Mail;

/// <summary>A mail server that delivers nothing: each message becomes an <c>.eml</c> file that any mail program opens.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    public const int LargestMessage = 25 * 1024 * 1024;

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = [];
    private readonly Task _accepting;
    private int _received;
    private int _disposed;

    private MailSink(string folder, int port)
    {
        Folder = folder;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public string Folder { get; }

    public int Port { get; }

    public static MailSink Start(string folder, int port = 0)
    {
        Directory.CreateDirectory(folder);
        return new MailSink(folder, port);
    }

    /// <summary>The message is a file, whole, when this returns; only then is it acknowledged.</summary>
    public async Task StoreAsync(string from, IReadOnlyList<string> to, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var name = $"{DateTime.UtcNow:yyyyMMdd-HHmmss.fff}-{Interlocked.Increment(ref _received):0000}-{Printable(to[0])}.eml";
        var file = Path.Combine(Folder, name);
        var envelope = Encoding.UTF8.GetBytes($"X-Envelope-From: {from}\r\nX-Envelope-To: {string.Join(", ", to)}\r\n");

        await using (var stream = File.Create(file + ".part"))
        {
            await stream.WriteAsync(envelope, ct);
            await stream.WriteAsync(message, ct);
        }

        File.Move(file + ".part", file);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;

        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_sessions.Keys);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                var session = ServeAsync(client);
                _sessions[session] = true;
                _ = session.ContinueWith(ended => _sessions.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // We are stopping.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await new SmtpSession(client.GetStream(), this).RunAsync(_stopping.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client went away, or we are stopping; what it had not finished it will send again.
            }
        }
    }

    private static string Printable(string address) =>
        new([.. address.Select(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' ? c : '_').Take(60)]);
}
