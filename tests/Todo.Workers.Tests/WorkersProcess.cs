using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Users;
using Todo.Testing;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

[assembly: AssemblyFixture(typeof(Todo.Workers.Tests.WorkersProcess))]

namespace Todo.Workers.Tests;

/// <summary>The whole Workers process on a Kafka and a Postgres. Started on first use; all classes share it and keep apart by their own tasks.</summary>
public sealed class WorkersProcess : WebApplicationFactory<ReminderTimeout>, IAsyncLifetime
{
    private readonly KafkaFixture _kafka = new();
    private readonly PostgresFixture _postgres = new();
    private readonly Lazy<Task> _started;
    private IProducer<string, byte[]>? _producer;

    public WorkersProcess() => _started = new Lazy<Task>(StartAsync);

    public string Database { get; private set; } = "";

    public NpgsqlDataSource Sql { get; private set; } = null!;

    public MailServer Mail { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Writes a message on its topic as the Api or an integrator would.</summary>
    public async Task SayAsync<T>(Guid key, T message)
        where T : class
    {
        await _started.Value;
        await ProduceAsync(key, message);
    }

    private async Task ProduceAsync<T>(Guid key, T message)
        where T : class
    {
        var topic = typeof(T).GetCustomAttributes(typeof(MessageAttribute), false).Cast<MessageAttribute>().Single().Topic;
        var envelope = new
        {
            specversion = "1.0",
            id = Guid.CreateVersion7(),
            source = "/tests",
            type = MessageCatalogue.All[typeof(T)],
            time = DateTimeOffset.UtcNow,
            data = JsonSerializer.SerializeToElement(message, typeof(T), ContractsJson.Default),
        };
        await ProduceAsync(topic, key, JsonSerializer.SerializeToUtf8Bytes(envelope));
    }

    public async Task SayAsync(string topic, Guid key, byte[] value)
    {
        await _started.Value;
        await ProduceAsync(topic, key, value);
    }

    private async Task ProduceAsync(string topic, Guid key, byte[] value)
    {
        await _producer!.ProduceAsync(topic, new Message<string, byte[]>
        {
            Key = key.ToString("D"),
            Value = value,
            Headers = new Headers { { "content-type", Encoding.UTF8.GetBytes("application/cloudevents+json") } },
        });
    }

    /// <summary>The rows of a query as dictionaries.</summary>
    public async Task<IReadOnlyList<Dictionary<string, object?>>> QueryAsync(string sql, params object[] values)
    {
        await _started.Value;
        await using var command = Sql.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        return rows;
    }

    internal async Task<TResult> InStorageAsync<TResult>(Func<WorkersDbContext, Task<TResult>> ask)
    {
        await _started.Value;
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<WorkersDbContext>());
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;

        await base.DisposeAsync();
        _producer?.Dispose();
        await Sql.DisposeAsync();
        await Mail.DisposeAsync();
        await _kafka.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("ConnectionStrings:Todo", Database)
        .UseSetting("Kafka:BootstrapServers", _kafka.BootstrapServers)
        .UseSetting("Kafka:FetchWaitMaxMs", "10")
        .UseSetting("Mail:Host", "127.0.0.1")
        .UseSetting("Mail:Port", Mail.Port.ToString(null, null))
        .UseSetting("Webhooks:AllowPrivate", "true")
        .UseSetting("App:SigningKey", "a key for tests")
        .UseSetting("Logging:LogLevel:Default", "Warning");

    private async Task StartAsync()
    {
        await _kafka.InitializeAsync();
        await _postgres.InitializeAsync();
        Database = await _postgres.CreateDatabaseAsync("workers");
        Sql = NpgsqlDataSource.Create(Database);
        _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = _kafka.BootstrapServers, Partitioner = Partitioner.Murmur2Random }).Build();
        _ = Services; // starts the host
        await WarmUpAsync();
    }

    // On a busy machine the groups take longer to share out their partitions than a test is ready to wait for its answer:
    // one reminder goes the whole way first.
    private async Task WarmUpAsync()
    {
        var (user, task) = (Guid.CreateVersion7(), new ATask(DateTimeOffset.UtcNow.ToString("O", null)));
        await ProduceAsync(user, new PreferencesChanged(user, "", new Preferences { Channels = [] }, DateTimeOffset.UtcNow));
        await Eventually.Get(() => ThereAsync($"select count(*) from notify.recipients where user_id = '{user}'"), count => count == 1, TimeSpan.FromMinutes(2));
        task.Having(task.View with { OwnerId = user }).RemindAt(DateTimeOffset.UtcNow.AddMilliseconds(200).ToString("O", null));
        await ProduceAsync(task.Id, task.Created());
        await Eventually.Get(
            () => ThereAsync($"select count(*) from ops.reminder_ledger where task_id = '{task.Id}' and delivered_at is not null"), count => count == 1, TimeSpan.FromMinutes(2));
    }

    private async Task<long> ThereAsync(string sql)
    {
        await using var command = Sql.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
