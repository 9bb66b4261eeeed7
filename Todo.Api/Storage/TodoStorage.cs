using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Todo.Bus.Hosting;

namespace Todo.Api.Storage;

/// <summary>How the Api keeps what it owns: Postgres for tasks and keys, Dapr's state store for preferences and idempotency.</summary>
internal static class TodoStorage
{
    public static WebApplicationBuilder AddTodoStorage(this WebApplicationBuilder builder)
    {
        builder.AddBusDbContext<TodoDbContext>(options => options.UseNpgsql(Npgsql).UseSnakeCaseNamingConvention());
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical); // what fails is thrown, and logged where it is caught
        builder.Services.AddHostedService<MigrateAtStart>();
        builder.Services.AddSingleton<IStateStore, DaprStateStore>();
        builder.Services.AddDataProtection().SetApplicationName("todobus").PersistKeysToDbContext<TodoDbContext>();
        return builder;
    }

    public static void Npgsql(NpgsqlDbContextOptionsBuilder npgsql) => npgsql.MigrationsHistoryTable("migrations", "tasks");
}
