using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Todo.Bus.Hosting;
using Todo.Bus.Storage;

namespace Todo.Workers.Storage;

internal static class WorkersStorage
{
    public static void AddWorkersStorage(this WebApplicationBuilder builder)
    {
        builder.AddBusDbContext<WorkersDbContext>(UseWorkersTables);
        if (builder.Configuration.GetValue("Storage:Migrate", true))
            builder.Services.AddHostedService<Migrator>();
    }

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

    /// <summary>Brings the tables up to date before anything is heard; replicas, and the Api, may start at the same time.</summary>
    private sealed class Migrator(IServiceScopeFactory scopes, NpgsqlDataSource source) : IHostedLifecycleService
    {
        public async Task StartingAsync(CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<WorkersDbContext>().Database;
            await SchemaLock.RunAloneAsync(source, () => database.MigrateAsync(cancellationToken), cancellationToken);
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
