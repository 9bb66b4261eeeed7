using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Todo.AppHost.Postgres;
using Todo.AppHost.Processes;

namespace Todo.AppHost.Up;

/// <summary>One running TodoBus, told apart by its port; everything it keeps is in a folder of its own.</summary>
internal sealed class Instance : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly FileStream _lock;

    private Instance(int port, FileStream held)
    {
        Port = port;
        _lock = held;
    }

    public int Port { get; }

    public string Folder => FolderOf(Port);

    public string Address => $"http://localhost:{Port}";

    public string PostgresFolder => Path.Combine(Folder, "postgres");

    public string MailFolder => Path.Combine(Folder, "mail");

    public string SecretsFile => Path.Combine(Folder, "secrets.json");

    /// <summary>Takes the port and its folder for ourselves, or says in one sentence who has them.</summary>
    public static async Task<Instance> OpenAsync(int port, CancellationToken ct)
    {
        Directory.CreateDirectory(FolderOf(port));
        var lockFile = Path.Combine(FolderOf(port), "lock");
        FileStream held;
        try
        {
            held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new HostException($"TodoBus is already running on port {port}: stop it first, or choose another port with --port.");
        }

        // Children of a run that was killed may need a moment to follow it.
        for (var tries = 0; !FreePort.IsFree(port); tries++)
        {
            if (tries < 15)
            {
                await Task.Delay(100, ct);
                continue;
            }

            await held.DisposeAsync();
            throw PortTaken(port);
        }

        return new Instance(port, held);
    }

    public static HostException PortTaken(int port) =>
        new($"Port {port} is taken by another program: stop it, or choose another port with --port.");

    public string LogFile(string part) => Path.Combine(Folder, "logs", part + ".log");

    /// <summary>Forgets everything of earlier runs.</summary>
    public async Task ClearAsync(CancellationToken ct)
    {
        await PostgresCluster.DeleteAsync(PostgresFolder, ct);
        foreach (var folder in Directory.EnumerateDirectories(Folder))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Folder).Where(file => Path.GetFileName(file) != "lock"))
            File.Delete(file);
    }

    /// <summary>A port for one part: that of the last run where it is still free, so that bookmarks go on working.</summary>
    public int PortFor(string part)
    {
        var file = Path.Combine(Folder, "ports.json");
        var ports = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(file))! : [];
        if (ports.TryGetValue(part, out var last) && FreePort.IsFree(last))
            return last;

        ports[part] = FreePort.Any();
        File.WriteAllText(file, JsonSerializer.Serialize(ports, Indented));
        return ports[part];
    }

    /// <summary>The secret store's file: what the apps may know and nobody else on this machine.</summary>
    public Task WriteSecretsAsync(IReadOnlyDictionary<string, string> secrets, CancellationToken ct) =>
        PrivateFile.WriteAsync(SecretsFile, JsonSerializer.Serialize(secrets, Indented), ct);

    /// <summary>So that psql asks for no password.</summary>
    public async Task<string> WritePasswordFileAsync(PostgresAddress postgres, CancellationToken ct)
    {
        var file = Path.Combine(Folder, "pgpass");
        var password = postgres.Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
        await PrivateFile.WriteAsync(file, string.Create(CultureInfo.InvariantCulture, $"{postgres.Host}:{postgres.Port}:*:{postgres.User}:{password}\n"), ct);
        return file;
    }

    /// <summary>The password of the demo user, the same in every run of this instance.</summary>
    public async Task<string> DemoPasswordAsync(CancellationToken ct)
    {
        var file = Path.Combine(Folder, "demo-password");
        if (!File.Exists(file))
            await PrivateFile.WriteAsync(file, $"Demo-{RandomNumberGenerator.GetHexString(8, lowercase: true)}", ct);
        return await File.ReadAllTextAsync(file, ct);
    }

    /// <summary>What links in mails are signed with; the same for as long as the instance lives.</summary>
    public async Task<string> SigningKeyAsync(CancellationToken ct)
    {
        var file = Path.Combine(Folder, "signing-key");
        if (!File.Exists(file))
            await PrivateFile.WriteAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), ct);
        return await File.ReadAllTextAsync(file, ct);
    }

    /// <summary>What seals the keys of cookies where they lie in Postgres: a certificate of this instance alone, as PKCS #12 in base64.</summary>
    public async Task<string> KeyCertificateAsync(CancellationToken ct)
    {
        var file = Path.Combine(Folder, "key-certificate");
        if (!File.Exists(file))
        {
            using var key = RSA.Create(3072);
            var now = DateTimeOffset.UtcNow;
            using var certificate = new CertificateRequest("CN=TodoBus cookie keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
            await PrivateFile.WriteAsync(file, Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12)), ct);
        }

        return await File.ReadAllTextAsync(file, ct);
    }

    /// <summary>Lets tools run with the settings of the Workers while the system is up.</summary>
    public Task WriteToolSettingsAsync(IReadOnlyDictionary<string, string?> environment, CancellationToken ct) =>
        PrivateFile.WriteAsync(SettingsFileOf(Port), JsonSerializer.Serialize(environment, Indented), ct);

    public static string SettingsFileOf(int port) => Path.Combine(FolderOf(port), "workers.env.json");

    public void Dispose()
    {
        File.Delete(SettingsFileOf(Port));
        _lock.Dispose();
    }

    private static string FolderOf(int port) => Repository.PathTo(".todo", port.ToString(CultureInfo.InvariantCulture));
}
