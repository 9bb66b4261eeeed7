using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Todo.Bus.Hosting;
using Todo.Testing;

namespace Todo.Bus.Tests.Storage;

public sealed class ConnectionNameTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Whoever_looks_at_the_connections_sees_which_program_holds_them()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "names");
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Todo.Somebody" });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Todo", database.ConnectionString)]);
        builder.AddBusDbContext<OrdersDbContext>();
        using var host = builder.Build();

        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select application_name from pg_stat_activity where pid = pg_backend_pid()");
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).Should().Be("Todo.Somebody");
    }
}
