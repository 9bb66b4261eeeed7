using System.Collections.Concurrent;
using Todo.AppHost.Processes;

namespace Todo.AppHost.Postgres;

/// <summary>One installed PostgreSQL server: the folder that holds initdb, postgres and pg_ctl.</summary>
internal sealed record PostgresBinaries(string Folder, int MajorVersion)
{
    /// <summary>Older servers lack what our SQL uses (MERGE, and ICU or C.UTF-8 collations everywhere).</summary>
    private const int OldestSupported = 14;

    /// <summary>Asking a program for its version costs a process; what it said stays true while we run.</summary>
    private static readonly ConcurrentDictionary<string, int> Versions = new(StringComparer.Ordinal);

    public string InitDb => Program("initdb");
    public string PgCtl => Program("pg_ctl");

    /// <summary>The installation to use for a cluster of this major version, or the newest one where the cluster is yet to be made.</summary>
    public static async Task<PostgresBinaries> FindOrInstallAsync(int? majorVersion, Action<string> progress, CancellationToken ct)
    {
        var found = await FindAllAsync(ct);
        if (found.Count == 0 && DebianPackages.CanInstall)
        {
            progress("installing the PostgreSQL server (apt-get install postgresql)");
            await DebianPackages.InstallPostgresAsync(ct);
            found = await FindAllAsync(ct);
        }

        if (found.Count == 0)
            throw new HostException(HowToInstall());

        if (majorVersion is null)
            return found.MaxBy(binaries => binaries.MajorVersion)!;

        return found.Find(binaries => binaries.MajorVersion == majorVersion)
            ?? throw new HostException(
                $"The database was made by PostgreSQL {majorVersion}, but only version {string.Join(", ", found.Select(f => f.MajorVersion))} is installed: "
                + $"install version {majorVersion}, or start once with --fresh to begin with an empty database.");
    }

    private static async Task<List<PostgresBinaries>> FindAllAsync(CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Folders().Where(Directory.Exists).Distinct())
        {
            var binaries = new PostgresBinaries(folder, 0);
            if (!File.Exists(binaries.InitDb) || !File.Exists(binaries.PgCtl))
                continue;

            var major = await VersionOfAsync(binaries.InitDb, ct);
            if (major >= OldestSupported)
                found.Add(binaries with { MajorVersion = major });
        }

        return found;
    }

    private static async Task<int> VersionOfAsync(string initDb, CancellationToken ct)
    {
        if (Versions.TryGetValue(initDb, out var known))
            return known;

        // "initdb (PostgreSQL) 15.18 (Debian …)", "… 18beta1": the first number is the major version.
        var said = await Command.RunAsync(initDb, ["--version"], ct: ct);
        var digits = said.Output.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).ToArray();
        if (!int.TryParse(digits, out var major))
            throw new HostException($"{initDb} --version ended with {said.ExitCode} and did not say a version: '{said.Output}'.");

        Versions[initDb] = major;
        return major;
    }

    private static IEnumerable<string> Folders()
    {
        // A link in the PATH may stand alone; the programs find each other in the folder it points to.
        if (Command.Find("initdb") is { } initDb)
            yield return Path.GetDirectoryName(File.ResolveLinkTarget(initDb, returnFinalTarget: true)?.FullName ?? initDb)!;

        string[] roots = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL")]
            : ["/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt", "/Library/PostgreSQL", "/Applications/Postgres.app/Contents/Versions"];

        foreach (var root in roots.Where(Directory.Exists))
        {
            foreach (var folder in Directory.EnumerateDirectories(root, root.EndsWith("opt", StringComparison.Ordinal) ? "postgresql*" : "*"))
                yield return Path.Combine(folder, "bin");
        }

        // Fedora, Arch and Alpine put the server beside everything else.
        foreach (var folder in (string[])["/usr/bin", "/usr/pgsql-18/bin", "/usr/pgsql-17/bin", "/usr/pgsql-16/bin", "/usr/libexec/postgresql"])
            yield return folder;
    }

    private static string HowToInstall()
    {
        if (OperatingSystem.IsWindows())
            return "PostgreSQL was not found: install it with `winget install PostgreSQL.PostgreSQL.17` and run this again, or pass --postgres \"CONNECTION STRING\".";
        if (OperatingSystem.IsMacOS())
            return "PostgreSQL was not found: install it with `brew install postgresql@17` and run this again, or pass --postgres \"CONNECTION STRING\".";
        return File.Exists("/etc/debian_version")
            ? "PostgreSQL was not found: install it with `sudo apt-get install postgresql` and run this again, or pass --postgres \"CONNECTION STRING\"."
            : "PostgreSQL was not found: install your distribution's PostgreSQL server package and run this again, or pass --postgres \"CONNECTION STRING\".";
    }

    private string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
