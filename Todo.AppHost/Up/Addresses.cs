namespace Todo.AppHost.Up;

/// <summary>The last thing said while starting: where everything is.</summary>
internal static class Addresses
{
    public static async Task PrintAsync(Screen screen, ChildSettings settings, PostgresAddress postgres, string mailFolder, CancellationToken ct)
    {
        var passwords = await settings.Instance.WritePasswordFileAsync(postgres, ct);
        var lines = new List<(string What, string Where)>
        {
            ("App", settings.ApiAddress),
            ("API reference", $"{settings.ApiAddress}/scalar"),
            ("Ops", $"{settings.ApiAddress}/metrics, {settings.ApiAddress}/health/ready; in psql: select * from ops.sagas"),
            ("Jobs", $"{settings.WorkersAddress}/jobs"),
            ("Mail", Relative(mailFolder)),
            ("Kafka", settings.Kafka),
            ("psql", $"PGPASSFILE={Relative(passwords)} psql -h {postgres.Host} -p {postgres.Port} -U {postgres.User} {postgres.Database}"),
            ("Logs", Relative(Path.GetDirectoryName(settings.Instance.LogFile("api"))!)),
        };
        if (settings.DemoPassword is { } password)
            lines.Add(("Sign in", $"{ChildSettings.DemoUser}  {password}"));

        screen.Say();
        screen.Say($"TodoBus is up ({screen.Elapsed.TotalSeconds:0.0} s).");
        screen.Say();
        foreach (var (what, where) in lines)
            screen.Say($"  {what,-14} {where}");
        screen.Say();
        screen.Say("Ctrl-C stops everything.");
    }

    private static string Relative(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
