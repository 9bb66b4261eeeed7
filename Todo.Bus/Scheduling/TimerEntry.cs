using Microsoft.EntityFrameworkCore;

namespace Todo.Bus.Scheduling;

/// <summary>A row of <c>bus.timers</c> as EF writes it together with the entities it is about.</summary>
internal sealed class TimerEntry
{
    public Guid Token { get; init; }

    public short Lane { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public string Topic { get; init; } = "";

    public byte[]? Key { get; init; }

    public byte[] Value { get; init; } = [];

    public string Headers { get; init; } = "{}";

    public Guid MessageId { get; init; }

    public string MessageType { get; init; } = "";

    public Guid? SagaId { get; init; }

    public string Consumer { get; init; } = "";

    public static TimerEntry Of(TimerRow row) => new()
    {
        Token = row.Token,
        Lane = row.Record.Lane,
        DueAt = row.DueAt,
        Topic = row.Record.Topic,
        Key = row.Record.Key,
        Value = row.Record.Value ?? [],
        Headers = row.Record.Headers,
        MessageId = row.Record.MessageId,
        MessageType = row.Record.MessageType,
        SagaId = row.SagaId,
        Consumer = row.Consumer,
    };

    /// <summary>Outside every context's migrations: the table belongs to the bus.</summary>
    public static void Map(ModelBuilder model) => model.Entity<TimerEntry>(timer =>
    {
        timer.ToTable("timers", "bus", table => table.ExcludeFromMigrations());
        timer.HasKey(row => row.Token);
        timer.Property(row => row.Token).HasColumnName("token").ValueGeneratedNever();
        timer.Property(row => row.Lane).HasColumnName("lane");
        timer.Property(row => row.DueAt).HasColumnName("due_at");
        timer.Property(row => row.Topic).HasColumnName("topic");
        timer.Property(row => row.Key).HasColumnName("key");
        timer.Property(row => row.Value).HasColumnName("value");
        timer.Property(row => row.Headers).HasColumnName("headers").HasColumnType("jsonb");
        timer.Property(row => row.MessageId).HasColumnName("message_id");
        timer.Property(row => row.MessageType).HasColumnName("message_type");
        timer.Property(row => row.SagaId).HasColumnName("saga_id");
        timer.Property(row => row.Consumer).HasColumnName("consumer");
    });
}
