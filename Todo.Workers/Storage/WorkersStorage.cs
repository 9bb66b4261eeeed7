using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Todo.Workers.Storage;

internal static class WorkersStorage
{
    /// <summary>Each process keeps its own list of migrations, because they share one database.</summary>
    public static void UseWorkersTables(this DbContextOptionsBuilder options) => options
        .UseNpgsql(npgsql => npgsql.MigrationsHistoryTable("migrations", "sagas"))
        .UseSnakeCaseNamingConvention();

    /// <summary>For `dotnet ef migrations add`; nothing connects to it.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<WorkersDbContext>
    {
        public WorkersDbContext CreateDbContext(string[] args)
        {
            var options = new DbContextOptionsBuilder<WorkersDbContext>();
            options.UseWorkersTables();
            return new WorkersDbContext(options.Options);
        }
    }
}
