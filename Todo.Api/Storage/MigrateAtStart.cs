using Microsoft.EntityFrameworkCore;
using Npgsql;
using Todo.Bus.Storage;

namespace Todo.Api.Storage;

/// <summary>Brings schema <c>tasks</c> up to date before anything is served. Replicas, and Workers, may start at the same time.</summary>
internal sealed class MigrateAtStart(IServiceScopeFactory scopes, NpgsqlDataSource source, IConfiguration configuration) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!configuration.GetValue("Storage:Migrate", true))
            return;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TodoDbContext>().Database;
        await SchemaLock.RunAloneAsync(source, () => database.MigrateAsync(cancellationToken), cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
