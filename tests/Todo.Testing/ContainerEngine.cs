using System.Net.Sockets;
using System.Text;

namespace Todo.Testing;

/// <summary>Whether Testcontainers would find a container engine that answers; asked once, and quickly.</summary>
internal static class ContainerEngine
{
    private static readonly Lazy<Task<bool>> Probe = new(AnswersAsync);

    public static Task<bool> IsThereAsync() => Probe.Value;

    private static async Task<bool> AnswersAsync()
    {
        if (OperatingSystem.IsWindows())
            return File.Exists(@"\\.\pipe\docker_engine");

        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";
        if (!Uri.TryCreate(host, UriKind.Absolute, out var address))
            return false;

        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var socket = address.Scheme == "unix"
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);

            if (address.Scheme == "unix")
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.LocalPath), limit.Token);
            else
                await socket.ConnectAsync(address.Host, address.Port, limit.Token);

            await socket.SendAsync(Encoding.ASCII.GetBytes("GET /_ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), limit.Token);
            var answer = new byte[64];
            var read = await socket.ReceiveAsync(answer, limit.Token);
            return Encoding.ASCII.GetString(answer, 0, read).Contains(" 200", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            return false;
        }
    }
}
