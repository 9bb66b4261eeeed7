using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Storage;

/// <summary>Looks every few seconds at what waits in the database, for the gauges of the meter <c>Todo.Bus</c>.</summary>
/// <remarks>All processes show the same numbers, those of the one database; alerts should take their maximum.</remarks>
internal sealed class BacklogGauges : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // Counting stops at 100,000: by then the number no longer matters, and counting would.
    private const string Sql =
        """
        select (select count(*) from (select from bus.outbox where failed_at is null limit 100000) w)::float8,
               coalesce((select extract(epoch from clock_timestamp() - min(created_at)) from (select created_at from bus.outbox where failed_at is null order by id limit 100) o), 0)::float8,
               (select count(*) from (select from bus.outbox where failed_at is not null limit 100000) r)::float8,
               greatest((select reltuples from pg_class where oid = 'bus.timers'::regclass), 0)::float8,
               (select count(*) from (select from generate_series(0, 15) as every (lane) join bus.timers t on t.lane = every.lane::smallint and t.due_at < now() - interval '1 second' limit 100000) l)::float8,
               coalesce((select greatest(extract(epoch from clock_timestamp() - min(t.due_at)), 0) from generate_series(0, 15) as every (lane)
                         cross join lateral (select due_at from bus.timers where lane = every.lane::smallint order by due_at, token limit 1) t), 0)::float8,
               (select count(*) from (select from bus.dead_letters where state = 'waiting' limit 100000) d)::float8
        """;

    private static readonly (string Name, string Unit, string Description)[] Gauges =
    [
        ("todo.bus.outbox.depth", "{record}", "Records waiting for Kafka."),
        ("todo.bus.outbox.age", "s", "Age of the oldest record waiting for Kafka."),
        ("todo.bus.outbox.refused.waiting", "{record}", "Records set aside because Kafka refuses them, or one before them."),
        ("todo.bus.timers.pending", "{timer}", "Timers waiting for their time, as the planner estimates."),
        ("todo.bus.timers.overdue", "{timer}", "Timers more than a second after their time."),
        ("todo.bus.timers.overdue.age", "s", "How much the oldest timer is overdue."),
        ("todo.bus.dead_letters.waiting", "{letter}", "Dead letters waiting for a person."),
    ];

    private static readonly double[] Seen = new double[Gauges.Length];

    private readonly NpgsqlDataSource _source;
    private readonly ILogger<BacklogGauges> _logger;

    static BacklogGauges()
    {
        for (var i = 0; i < Gauges.Length; i++)
        {
            var at = i;
            BusMetrics.Gauge(Gauges[i].Name, Gauges[i].Unit, Gauges[i].Description, () => Volatile.Read(ref Seen[at]));
        }
    }

    public BacklogGauges(NpgsqlDataSource source, ILogger<BacklogGauges> logger) => (_source, _logger) = (source, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException away)
            {
                _logger.NotLooked(away);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default));
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        await using var command = _source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        for (var i = 0; i < Seen.Length; i++)
            Volatile.Write(ref Seen[i], reader.GetDouble(i));
    }
}
