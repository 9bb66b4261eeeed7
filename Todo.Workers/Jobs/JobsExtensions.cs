using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using Todo.Workers.Notifications;

namespace Todo.Workers.Jobs;

/// <summary>Hangfire: the durable clock over the bus's own timers, and the operator's window at /jobs.</summary>
internal static class JobsExtensions
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddHangfire((services, hangfire) => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                postgres => postgres.UseNpgsqlConnection(Named(services)),
                new PostgreSqlStorageOptions
                {
                    SchemaName = "clock",
                    // A killed server leaves its locks and jobs behind as rows: others wait this long, not Hangfire's 10 and 30 minutes.
                    DistributedLockTimeout = TimeSpan.FromSeconds(30),
                    InvisibilityTimeout = TimeSpan.FromSeconds(60),
                    UseSlidingInvisibilityTimeout = true,
                    QueuePollInterval = TimeSpan.FromSeconds(15),
                    EnableLongPolling = true,
                }));
        builder.Services.AddHangfireServer(server =>
        {
            server.WorkerCount = 2;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
        });
        builder.Services.AddScoped<Digests>();
        builder.Services.AddHostedService<Timetable>();
    }

    /// <summary>Loopback only, which is Hangfire's own default rule.</summary>
    public static void MapJobs(this WebApplication app) => app.MapHangfireDashboard("/jobs", new DashboardOptions
    {
        DashboardTitle = "TodoBus jobs",
        DisplayStorageConnectionString = false,
    });

    private static string Named(IServiceProvider services)
    {
        var connection = new NpgsqlConnectionStringBuilder(services.GetRequiredService<IConfiguration>().GetConnectionString("Todo"));
        connection.ApplicationName ??= services.GetRequiredService<IHostEnvironment>().ApplicationName + " jobs";
        return connection.ConnectionString;
    }
}
