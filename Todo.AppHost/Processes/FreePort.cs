using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Todo.AppHost.Processes;

/// <summary>Ports of this machine's loopback.</summary>
internal static class FreePort
{
    public static int Any()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static bool IsFree(int port)
    {
        // Binding would succeed beside a listener on another address, so the table is asked first.
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port))
            return false;

        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
