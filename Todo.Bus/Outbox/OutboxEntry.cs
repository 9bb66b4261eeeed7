using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Outbox;

/// <summary>A row of <c>bus.outbox</c> as EF writes it together with the entities it is about.</summary>
internal sealed class OutboxEntry
{
    public long Id { get; init; }

    public short Lane { get; init; }

    public required string Topic { get; init; }

    public int? Partition { get; init; }

    public byte[]? Key { get; init; }

    public byte[]? Value { get; init; }

    public required string Headers { get; init; }

    public Guid MessageId { get; init; }

    public required string MessageType { get; init; }
}

/// <summary>A row of <c>bus.messages</c> as EF writes it.</summary>
internal sealed class BusMessageEntry
{
    public long Id { get; init; }

    public required string Application { get; init; }

    public required string Destination { get; init; }

    public Guid MessageId { get; init; }

    public required string MessageType { get; init; }

    public required string ContentType { get; init; }

    public required string Body { get; init; }

    public required string Envelope { get; init; }
}

/// <summary>Adds outbox and timers to every context of the bus, outside its migrations: the tables belong to the bus.</summary>
internal sealed class OutboxModelCustomizer(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        TimerEntry.Map(modelBuilder);
        modelBuilder.Entity<OutboxEntry>(entry =>
        {
            entry.ToTable("outbox", "bus", table => table.ExcludeFromMigrations());
            entry.HasKey(row => row.Id);
            entry.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
            entry.Property(row => row.Lane).HasColumnName("lane");
            entry.Property(row => row.Topic).HasColumnName("topic");
            entry.Property(row => row.Partition).HasColumnName("partition");
            entry.Property(row => row.Key).HasColumnName("key");
            entry.Property(row => row.Value).HasColumnName("value");
            entry.Property(row => row.Headers).HasColumnName("headers").HasColumnType("jsonb");
            entry.Property(row => row.MessageId).HasColumnName("message_id");
            entry.Property(row => row.MessageType).HasColumnName("message_type");
        });
        modelBuilder.Entity<BusMessageEntry>(entry =>
        {
            entry.ToTable("messages", "bus", table => table.ExcludeFromMigrations());
            entry.HasKey(row => row.Id);
            entry.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
            entry.Property(row => row.Application).HasColumnName("application");
            entry.Property(row => row.Destination).HasColumnName("destination");
            entry.Property(row => row.MessageId).HasColumnName("message_id");
            entry.Property(row => row.MessageType).HasColumnName("message_type");
            entry.Property(row => row.ContentType).HasColumnName("content_type");
            entry.Property(row => row.Body).HasColumnName("body");
            entry.Property(row => row.Envelope).HasColumnName("envelope").HasColumnType("jsonb");
        });
    }
}
