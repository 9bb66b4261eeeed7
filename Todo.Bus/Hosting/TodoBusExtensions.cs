using System.Diagnostics;
using MassTransit;
using MassTransit.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Todo.Bus.Batching;
using Todo.Bus.Envelope;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Storage;

namespace Todo.Bus.Hosting;

/// <summary>Puts a process on the bus.</summary>
public static class TodoBusExtensions
{
    /// <summary>Adds MassTransit with the Kafka rider, the outbox on <typeparamref name="TDbContext"/>, the relay, the timers and their tables.</summary>
    /// <remarks>The in-memory bus underneath carries nothing durable: everything that must arrive goes through a topic.</remarks>
    public static void AddTodoBus<TDbContext>(this IHostApplicationBuilder builder, Action<BusConfigurator> configure)
        where TDbContext : DbContext
    {
        var services = builder.Services;
        var types = new MessageTypes();
        services.AddSingleton(types);
        services.TryAddSingleton(builder.Configuration.ReadKafka());
        services.AddBusStorage();
        services.AddScoped<IOutboxCapture, DbContextOutbox<TDbContext>>();
        services.AddMassTransit(bus =>
        {
            bus.AddRider(rider =>
            {
                var topics = new BusConfigurator(rider, types);
                configure(topics);
                topics.UseKafka();
            });
            bus.UsingInMemory();
        });
        services.AddBusOutbox();
    }

    /// <summary>Lets Publish and Send wait for the commit, and hands over afterwards. The bus must be registered before.</summary>
    internal static void AddBusOutbox(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new ApplicationName(
            provider.GetService<IConfiguration>()?["Bus:Application"] ?? provider.GetService<IHostEnvironment>()?.ApplicationName ?? AppDomain.CurrentDomain.FriendlyName));
        services.Replace(ServiceDescriptor.Scoped<IScopedBusContextProvider<IBus>, CapturingBusContextProvider>());
        services.AddHostedService<BusDelivery>();
    }

    /// <summary>Adds a scoped context on the process's one connection pool. In a message scope it is on the connection and in the transaction of the batch.</summary>
    public static void AddBusDbContext<TDbContext>(this IHostApplicationBuilder builder, Action<DbContextOptionsBuilder>? configure = null)
        where TDbContext : DbContext
    {
        var services = builder.Services;
        services.AddNpgsqlSource();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<OutboxWakeInterceptor>();
        services.AddPooledDbContextFactory<TDbContext>((provider, options) =>
        {
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>());
            WithOutbox(provider, options);
            configure?.Invoke(options);
        });
        services.AddScoped(scope => Join(scope, () => scope.GetRequiredService<IDbContextFactory<TDbContext>>().CreateDbContext()));
    }

    /// <summary>Gives a registered context the outbox, and in a message scope the connection and transaction of the batch.</summary>
    internal static void JoinBatches<TDbContext>(this IServiceCollection services)
        where TDbContext : DbContext
    {
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<OutboxWakeInterceptor>();
        services.ConfigureDbContext<TDbContext>(WithOutbox);
        services.Replace(ServiceDescriptor.Scoped(scope => Join(scope, () => Create<TDbContext>(scope))));
    }

    private static void WithOutbox(IServiceProvider provider, DbContextOptionsBuilder options) => options
        .ReplaceService<IModelCustomizer, OutboxModelCustomizer>()
        .AddInterceptors(provider.GetRequiredService<OutboxWakeInterceptor>());

    private static TDbContext Create<TDbContext>(IServiceProvider scope)
        where TDbContext : DbContext =>
        ActivatorUtilities.CreateInstance<TDbContext>(scope, scope.GetRequiredService<DbContextOptions<TDbContext>>());

    private static TDbContext Join<TDbContext>(IServiceProvider scope, Func<TDbContext> outsideBatches)
        where TDbContext : DbContext
    {
        if (UnitOf(scope) is not { } unit)
            return outsideBatches();

        // Not from the pool: it takes another connection, which a context of the pool would keep.
        var context = Create<TDbContext>(scope);
        context.Database.SetDbConnection(unit.Batch.Connection);
        context.Database.AutoSavepointsEnabled = false; // the batch rolls back as a whole and runs again without the culprit
        context.Database.UseTransaction(unit.Batch.Transaction);
        unit.UsedConnection = true;
        return context;
    }

    private static MessageUnit? UnitOf(IServiceProvider scope) =>
        scope.GetService<IScopedConsumeContextProvider>() is { HasContext: true } provider && provider.GetContext().TryGetPayload(out MessageUnit? unit) ? unit : null;

    /// <summary>A connection pool to the database that a context's options name. The context itself is not asked: it would ask for the pool.</summary>
    internal static NpgsqlDataSource SourceOf(this IServiceProvider provider, Func<IServiceProvider, DbContextOptions> options)
    {
        using var scope = provider.CreateScope();
        var relational = Microsoft.EntityFrameworkCore.Infrastructure.RelationalOptionsExtension.Extract(options(scope.ServiceProvider));
        return new NpgsqlDataSourceBuilder(relational.ConnectionString ?? relational.Connection?.ConnectionString)
            .UseLoggerFactory(provider.GetService<Microsoft.Extensions.Logging.ILoggerFactory>()).Build();
    }

    private const string Flash = "SET random_page_cost = 1.1";

    private static void PlanForFlash(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Flash, connection);
        command.ExecuteNonQuery();
    }

    private static async Task PlanForFlashAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Flash, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal static void AddNpgsqlSource(this IServiceCollection services) =>
        services.TryAddSingleton(provider =>
        {
            var connection = provider.GetRequiredService<IConfiguration>().GetConnectionString("Todo")
                ?? throw new InvalidOperationException("ConnectionStrings:Todo is not set. It comes from the secret store todo-secrets, or from the environment as ConnectionStrings__Todo.");
            var source = new NpgsqlDataSourceBuilder(connection);
            if (source.ConnectionStringBuilder.MaxAutoPrepare == 0)
                source.ConnectionStringBuilder.MaxAutoPrepare = 200; // planning costs Postgres more than most of our statements do
            source.ConnectionStringBuilder.NoResetOnClose = true; // whoever changes a session changes it back
            source.ConnectionStringBuilder.ApplicationName ??= provider.GetService<IHostEnvironment>()?.ApplicationName; // for pg_stat_activity
            source.UseLoggerFactory(provider.GetService<Microsoft.Extensions.Logging.ILoggerFactory>());
            // Postgres thinks of turning disks unless told otherwise, and then rather sorts all that somebody has than follow the index that has it in order.
            source.UsePhysicalConnectionInitializer(PlanForFlash, PlanForFlashAsync);
            // SQL within a trace is part of it; what relays and releasers ask all day long is no trace of its own.
            source.ConfigureTracing(tracing => tracing
                .ConfigureCommandFilter(_ => Activity.Current is not null)
                .ConfigureBatchFilter(_ => Activity.Current is not null));
            return source.Build();
        });
}
