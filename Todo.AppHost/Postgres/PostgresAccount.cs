using System.Security.Cryptography;
using System.Text;
using Todo.AppHost.Processes;

namespace Todo.AppHost.Postgres;

/// <summary>The user a server runs as: ourselves, or `postgres` where we are root, because PostgreSQL refuses to run as root.</summary>
internal sealed class PostgresAccount
{
    private const string ServerUser = "postgres";

    private static readonly Dictionary<string, string?> CleanEnvironment = new()
    {
        // Messages we read are in English, and no setting of the caller's own server leaks into ours.
        ["LC_ALL"] = "C",
        ["PGDATA"] = null,
        ["PGHOST"] = null,
        ["PGPORT"] = null,
        ["PGUSER"] = null,
        ["PGPASSWORD"] = null,
        ["PGDATABASE"] = null,
    };

    private readonly string? _user;

    private PostgresAccount(string? user) => _user = user;

    public static PostgresAccount Current { get; } =
        new(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? ServerUser : null);

    public Task<CommandResult> RunAsync(string file, IEnumerable<string> arguments, CancellationToken ct)
    {
        var (program, prefix) = Become();
        return Command.RunAsync(program ?? file, program is null ? arguments : [.. prefix, file, .. arguments], CleanEnvironment, ct: ct);
    }

    /// <summary>Makes the folder, owned by the server's user, and returns where it really is.</summary>
    /// <remarks>A clone below root's own home cannot be entered by `postgres`; the cluster then lives under /var/lib.</remarks>
    public async Task<string> PrepareFolderAsync(string folder, CancellationToken ct)
    {
        if (_user is null)
        {
            CreatePrivate(folder);
            return folder;
        }

        if (await TryOwnAsync(folder, ct))
            return folder;

        var elsewhere = Elsewhere(folder);
        if (await TryOwnAsync(elsewhere, ct))
            return elsewhere;

        throw new HostException($"User {ServerUser} can use neither {folder} nor {elsewhere} for the database.");
    }

    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (_user is not null)
            await Command.RunAsync("chown", [_user, path], ct: ct);
    }

    /// <summary>The folders a cluster asked for at this place may be in.</summary>
    public IEnumerable<string> PossibleFolders(string folder) => _user is null ? [folder] : [folder, Elsewhere(folder)];

    private async Task<bool> TryOwnAsync(string folder, CancellationToken ct)
    {
        CreatePrivate(folder);
        var owned = await Command.RunAsync("chown", [_user!, folder], ct: ct);
        if (!owned.Succeeded)
            throw new HostException($"This is root, and PostgreSQL needs a user named {ServerUser} to run as: {owned.LastLines(1)}.");

        return (await RunAsync("test", ["-w", folder], ct)).Succeeded;
    }

    private static void CreatePrivate(string folder)
    {
        // Folders on the way are made as usual: the server's user must be able to pass them.
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Elsewhere(string folder) =>
        "/var/lib/todobus/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..12];

    private (string? Program, string[] Prefix) Become()
    {
        if (_user is null)
            return (null, []);
        if (Command.Find("setpriv") is { } setpriv)
            return (setpriv, [$"--reuid={_user}", $"--regid={_user}", "--init-groups", "--"]);
        if (Command.Find("runuser") is { } runuser)
            return (runuser, ["-u", _user, "--"]);
        if (Command.Find("su") is { } su)
            return (su, [_user, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--"]);
        throw new HostException("This is root, and none of setpriv, runuser and su is here to run PostgreSQL as another user.");
    }
}
