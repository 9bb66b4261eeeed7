namespace Todo.Workers.Ledger;

/// <summary>`./todo audit`: the audit by hand. What it says again is sent by the processes that run.</summary>
internal static class AuditCommand
{
    public const string Name = "audit";

    /// <returns>0 when nothing was missed and nothing was out of place, else 1.</returns>
    public static async Task<int> RunAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<LedgerAudit>().RunAsync(CancellationToken.None);
        Console.WriteLine(report);
        return report.IsClean ? 0 : 1;
    }
}
