namespace Todo.AppHost.Processes;

/// <summary>Installs what a Debian machine lacks, where we are allowed to.</summary>
internal static class DebianPackages
{
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.d";

    public static bool CanInstall =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/etc/debian_version") && Command.Find("apt-get") is not null;

    /// <summary>The server's programs only: the package's own cluster is not made, so nothing of ours meets a server of theirs.</summary>
    public static async Task InstallPostgresAsync(CancellationToken ct)
    {
        var settings = Path.Combine(ClusterSettings, "todobus.conf");
        Directory.CreateDirectory(ClusterSettings);
        await File.WriteAllTextAsync(settings, "create_main_cluster = false\n", ct);
        try
        {
            await InstallAsync("postgresql", ct);
        }
        finally
        {
            File.Delete(settings);
        }
    }

    public static async Task InstallAsync(string package, CancellationToken ct)
    {
        var environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        var patience = TimeSpan.FromMinutes(10);

        await Command.RunAsync("apt-get", ["update", "-qq"], environment, patience, ct);
        var result = await Command.RunAsync("apt-get", ["install", "-y", "-qq", package], environment, patience, ct);
        if (!result.Succeeded)
            throw new HostException($"apt-get install {package} failed: {result.LastLines(3)}");
    }
}
