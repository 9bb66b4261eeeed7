using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

/// <summary>One change of an owner's live feed, kept so that a client that was away can catch up.</summary>
internal sealed class ChangeRow
{
    public required Guid OwnerId { get; init; }
    public required long Sequence { get; init; }
    public required Guid TaskId { get; init; }

    /// <summary>The task's view as JSON; null once it is gone for good.</summary>
    public string? Task { get; init; }

    public string? CommandId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    public static ChangeRow Of(TaskChanged change) => new()
    {
        OwnerId = change.OwnerId,
        Sequence = change.Sequence,
        TaskId = change.TaskId,
        Task = change.Task is null ? null : JsonSerializer.Serialize(change.Task, ContractsJson.Default.TaskView),
        CommandId = change.CommandId,
        OccurredAt = change.OccurredAt,
    };
}

internal sealed class ChangeRowMap : IEntityTypeConfiguration<ChangeRow>
{
    public void Configure(EntityTypeBuilder<ChangeRow> change)
    {
        change.ToTable("changes");
        change.HasKey(c => new { c.OwnerId, c.Sequence });
        change.Property(c => c.Task).HasColumnType("jsonb");
        change.Property(c => c.CommandId).HasMaxLength(100);
        change.HasIndex(c => c.OccurredAt).HasDatabaseName("ix_changes_age");
    }
}
