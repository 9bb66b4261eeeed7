namespace Todo.Workers;

/// <summary>Which parts of Workers this process runs: all of them, or those named in Workers:Roles.</summary>
internal sealed class Roles
{
    public const string Reminders = "reminders";
    public const string Recurrence = "recurrence";
    public const string Notifications = "notifications";
    public const string Audit = "audit";
    public const string Jobs = "jobs";

    private static readonly string[] All = [Reminders, Recurrence, Notifications, Audit, Jobs];

    private readonly HashSet<string> _wanted;

    private Roles(IEnumerable<string> wanted) => _wanted = new(wanted, StringComparer.OrdinalIgnoreCase);

    /// <summary>For a command that runs beside the Workers.</summary>
    public static Roles None { get; } = new([]);

    public static Roles From(IConfiguration configuration)
    {
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var wanted = configuration["Workers:Roles"]?.Split(',', Tidy) ?? [];
        return wanted.Except(All, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown
            ? throw new InvalidOperationException($"Workers:Roles names '{unknown}'; the roles are {string.Join(", ", All)}.")
            : new Roles(wanted.Length == 0 ? All : wanted);
    }

    public bool Has(string role) => _wanted.Contains(role);
}
