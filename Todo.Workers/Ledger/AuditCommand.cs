namespace Todo.Workers.Ledger;

/// <summary>`./todo audit`: the audit by hand. What it says again is sent by the processes that run.</summary>
internal static class AuditCommand
{
    public const string Name = "audit";

    /// <summary>The command runs beside the Workers: it takes no port of theirs, and Program gives it no role.</summary>
    public static void ListenToNobody(WebApplicationBuilder builder)
    {
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning); // what it found is what it says
    }

    /// <returns>0 when nothing was missed and nothing was out of place, else 1.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        await app.StartAsync(); // what it repairs leaves through the outbox, whose producers need a started bus
        await using var scope = app.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<LedgerAudit>().RunAsync(CancellationToken.None);
        Console.WriteLine(report);
        await app.StopAsync();
        return report.IsClean ? 0 : 1;
    }
}
