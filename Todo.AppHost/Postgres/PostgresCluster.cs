using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Todo.AppHost.Processes;

namespace Todo.AppHost.Postgres;

/// <summary>A PostgreSQL server of our own in a folder: made on first use, kept between runs, on loopback only.</summary>
/// <remarks>
/// A server left over by a run that was killed is taken over; a pid file left over by a machine that went down is removed.
/// </remarks>
internal sealed class PostgresCluster : IAsyncDisposable
{
    public const string UserName = "todo";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresSettings _settings;
    private readonly PostgresBinaries _binaries;
    private readonly string _folder;
    private OwnerWatch? _watch;

    private PostgresCluster(PostgresSettings settings, PostgresBinaries binaries, string folder, string password)
    {
        _settings = settings;
        _binaries = binaries;
        _folder = folder;
        Password = password;
    }

    public string Password { get; }

    public int Port { get; private set; }

    /// <summary>True when a server of an earlier run was still there and goes on serving.</summary>
    public bool TakenOver { get; private set; }

    public string LogFile => Path.Combine(_folder, "server.log");

    public string ConnectionString => ConnectionStringFor(_settings.Database);

    public int? ProcessId => ReadPidFile()?.ProcessId;

    public bool IsRunning => ServerIsAlive();

    private string Data => Path.Combine(_folder, "data");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    public static async Task<PostgresCluster> StartAsync(PostgresSettings settings, Action<string>? progress = null, CancellationToken ct = default)
    {
        progress ??= _ => { };

        // Installing may bring the user that the folder will belong to, so the programs come first.
        var newest = await PostgresBinaries.FindOrInstallAsync(null, progress, ct);
        var folder = await PostgresAccount.Current.PrepareFolderAsync(Path.GetFullPath(settings.Folder), ct);
        var made = MajorVersionOf(folder);
        var binaries = made is null || made == newest.MajorVersion ? newest : await PostgresBinaries.FindOrInstallAsync(made, progress, ct);

        var cluster = new PostgresCluster(settings, binaries, folder, await PasswordIn(folder, ct));
        if (made is null)
        {
            progress("making a new database cluster");
            await cluster.InitAsync(ct);
        }

        await cluster.RunAsync(ct);
        await cluster.CreateDatabaseAsync(settings.Database, ct);
        return cluster;
    }

    /// <summary>Removes a cluster that is not running.</summary>
    public static async Task DeleteAsync(string folder, CancellationToken ct = default)
    {
        foreach (var place in PostgresAccount.Current.PossibleFolders(Path.GetFullPath(folder)).Where(Directory.Exists))
        {
            if (MajorVersionOf(place) is not null)
            {
                var leftOver = new PostgresCluster(
                    new PostgresSettings(place), await PostgresBinaries.FindOrInstallAsync(MajorVersionOf(place), _ => { }, ct), place, "");
                await leftOver.StopAsync();
            }

            Directory.Delete(place, recursive: true);
        }
    }

    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = UserName,
            Password = Password,
            Database = database,
        }.ConnectionString;

    public async Task CreateDatabaseAsync(string name, CancellationToken ct = default)
    {
        await using var connection = await ConnectAsync(ct);
        await using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(ct) is > 0L)
            return;

        await using var create = new NpgsqlCommand($"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        await create.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Starts the server if it is not running; safe to call again after a crash.</summary>
    public async Task RunAsync(CancellationToken ct = default)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            if (ServerIsAlive())
            {
                Port = ReadPidFile()?.Port ?? 0;
                if (Port != 0 && await AnswersAsync(ct))
                {
                    TakenOver = true;
                    break;
                }
            }
            else if (await TryStartAsync(ct) is not { } problem)
            {
                TakenOver = false;
                break;
            }
            else if (deadline.Elapsed > TimeSpan.FromSeconds(15))
            {
                throw new HostException($"PostgreSQL did not start: {problem}");
            }

            // The one before us may be on its way out, or its orphaned sessions still hold its shared memory.
            if (deadline.Elapsed > Patience)
                throw new HostException($"The PostgreSQL server in {_folder} (process {ProcessId}) neither answers nor ends.");
            await Task.Delay(100, ct);
        }

        Abandon();
        _watch = OwnerWatch.Start(PidFile, _settings.Temporary ? "QUIT" : "INT", _settings.Temporary ? _folder : null);
    }

    public async Task<bool> AnswersAsync(CancellationToken ct = default)
    {
        try
        {
            await using var connection = await ConnectAsync(ct);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends all sessions and stops the server; where that takes too long, without the last checkpoint.</summary>
    public async Task StopAsync()
    {
        Abandon();
        if (!ServerIsAlive())
            return;

        NpgsqlConnection.ClearAllPools();
        var mode = _settings.Temporary ? "immediate" : "fast";
        var stopped = await PostgresAccount.Current.RunAsync(_binaries.PgCtl, ["stop", "-D", Data, "-m", mode, "-w", "-t", "7"], CancellationToken.None);
        if (!stopped.Succeeded)
            await PostgresAccount.Current.RunAsync(_binaries.PgCtl, ["stop", "-D", Data, "-m", "immediate", "-w", "-t", "5"], CancellationToken.None);
    }

    /// <summary>Lets go of the server without stopping it.</summary>
    public void Abandon()
    {
        _watch?.Dispose();
        _watch = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_settings.Temporary)
            Directory.Delete(_folder, recursive: true);
    }

    private static int? MajorVersionOf(string folder)
    {
        var file = Path.Combine(folder, "data", "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
    }

    private static async Task<string> PasswordIn(string folder, CancellationToken ct)
    {
        var file = Path.Combine(folder, "password");
        if (!File.Exists(file))
        {
            await PrivateFile.WriteAsync(file, RandomNumberGenerator.GetHexString(40, lowercase: true), ct);
            await PostgresAccount.Current.OwnAsync(file, ct);
        }

        return (await File.ReadAllTextAsync(file, ct)).Trim();
    }

    private async Task InitAsync(CancellationToken ct)
    {
        // Made aside and renamed, so that a half-made cluster is never mistaken for a whole one.
        var aside = Data + ".new";
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);

        string[] common =
            ["-D", aside, "-U", UserName, "--pwfile", Path.Combine(_folder, "password"), "-A", "scram-sha-256", "-E", "UTF8", .. _settings.Durable ? (string[])[] : ["--no-sync"]];

        // C.UTF-8 knows upper and lower case of every script and sorts the same everywhere; not every system has it.
        var made = await PostgresAccount.Current.RunAsync(_binaries.InitDb, [.. common, "--locale=C.UTF-8"], ct);
        if (!made.Succeeded)
            made = await PostgresAccount.Current.RunAsync(_binaries.InitDb, [.. common, "--no-locale"], ct);
        if (!made.Succeeded)
            throw new HostException($"initdb failed in {_folder}: {made.LastLines(3)}");

        await File.AppendAllTextAsync(Path.Combine(aside, "postgresql.conf"), "include_if_exists = 'todobus.conf'\n", ct);
        Directory.Move(aside, Data);
    }

    /// <summary>Null when the server runs, else why not.</summary>
    private async Task<string?> TryStartAsync(CancellationToken ct)
    {
        File.Delete(PidFile);
        if (File.Exists(LogFile))
            File.Move(LogFile, LogFile + ".1", overwrite: true);

        Port = ChoosePort();
        await WriteSettingsAsync(ct);

        var started = await PostgresAccount.Current.RunAsync(_binaries.PgCtl, ["start", "-D", Data, "-l", LogFile, "-w", "-t", "50"], ct);
        if (started.Succeeded)
            return null;

        var log = File.Exists(LogFile) ? (await File.ReadAllLinesAsync(LogFile, ct)).TakeLast(5) : [];
        return string.Join(Environment.NewLine, [started.LastLines(1), .. log]);
    }

    private async Task WriteSettingsAsync(CancellationToken ct)
    {
        var file = Path.Combine(Data, "todobus.conf");

        // The path of a unix socket must stay below about 100 bytes.
        var sockets = !OperatingSystem.IsWindows() && _folder.Length < 85 ? _folder : "";
        var settings = new List<string>
        {
            "listen_addresses = '127.0.0.1'",
            $"port = {Port}",
            $"unix_socket_directories = '{sockets.Replace("'", "''", StringComparison.Ordinal)}'",
            $"max_connections = {_settings.MaxConnections}",
            "shared_buffers = 128MB",
            "max_wal_size = 2GB",
            "log_checkpoints = off",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
        };
        if (!_settings.Durable)
            settings.AddRange(["fsync = off", "synchronous_commit = off", "full_page_writes = off"]);

        await File.WriteAllLinesAsync(file, settings, ct);
        await PostgresAccount.Current.OwnAsync(file, ct);
    }

    /// <summary>The port of the last run where it is still free, so that a noted psql command goes on working.</summary>
    private int ChoosePort()
    {
        var file = Path.Combine(_folder, "port");
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var last) && FreePort.IsFree(last))
            return last;

        var port = FreePort.Any();
        File.WriteAllText(file, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionStringFor("postgres")) { Pooling = false, Timeout = 5 }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private (int ProcessId, int Port)? ReadPidFile()
    {
        try
        {
            // Line 1 is the process, line 4 the port; the file grows while the server starts.
            var lines = File.ReadAllLines(PidFile);
            if (lines.Length == 0 || !int.TryParse(lines[0].Trim(), CultureInfo.InvariantCulture, out var pid))
                return null;
            return (pid, lines.Length > 3 && int.TryParse(lines[3].Trim(), CultureInfo.InvariantCulture, out var port) ? port : 0);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the process of the pid file is a PostgreSQL server, and on Linux this very one: numbers are reused.</summary>
    private bool ServerIsAlive()
    {
        if (ReadPidFile() is not { } file)
            return false;

        try
        {
            using var process = Process.GetProcessById(file.ProcessId);
            if (process.HasExited || !process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
                return false;
            return !OperatingSystem.IsLinux()
                || File.ResolveLinkTarget($"/proc/{file.ProcessId}/cwd", returnFinalTarget: false)?.FullName == RealPath(Data);
        }
        catch (UnauthorizedAccessException)
        {
            // Root of a container may not look into another user's process. Two servers on one folder must never be.
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    /// <summary>The path with every link on the way resolved, as the kernel reports it.</summary>
    private static string RealPath(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        var here = Path.Combine(RealPath(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(here, returnFinalTarget: true)?.FullName is { } target ? RealPath(target) : here;
    }
}
