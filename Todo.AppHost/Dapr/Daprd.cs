using System.Globalization;
using Todo.AppHost.Processes;

namespace Todo.AppHost.Dapr;

/// <summary>How to run Dapr's own sidecar for one app, where it is installed.</summary>
internal static class Daprd
{
    public static string? Find() => Command.Find("daprd");

    public static ChildProgram For(string app, string token, int grpcPort, int httpPort, string workingFolder) =>
        new(
            Find()!,
            "--app-id", app,
            "--mode", "standalone",
            "--resources-path", Repository.LocalComponents,
            "--dapr-grpc-port", Text(grpcPort),
            "--dapr-http-port", Text(httpPort),
            "--dapr-internal-grpc-port", "0",
            "--dapr-listen-addresses", "127.0.0.1",
            "--enable-metrics=false",
            "--disable-init-endpoints", "config,subscribe",
            "--log-level", "warn")
        {
            WorkingFolder = workingFolder,
            Environment = new Dictionary<string, string?> { ["DAPR_API_TOKEN"] = token },
        };

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
