using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>How to take one request back. Its id is the token the client holds.</summary>
internal sealed class UndoRow
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    public required Guid UndoId { get; init; }
    public required Guid OwnerId { get; init; }
    public required string Steps { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    public static UndoRow Of(Guid ownerId, List<UndoStep> steps, DateTimeOffset now) => new()
    {
        UndoId = Guid.NewGuid(), // a secret of sorts: not to be guessed from another
        OwnerId = ownerId,
        Steps = JsonSerializer.Serialize(steps, Json),
        ExpiresAt = now + Lasts,
    };

    public List<UndoStep> Read() => JsonSerializer.Deserialize<List<UndoStep>>(Steps, Json)!;

    private static readonly JsonSerializerOptions Json = new(ContractsJson.Default.Options)
    {
        TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine(
            ContractsJson.Default, new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver()),
    };
}

/// <summary>One task, before and after.</summary>
internal sealed record UndoStep(TaskView? Before, TaskView After);

internal sealed class UndoRowMap : IEntityTypeConfiguration<UndoRow>
{
    public void Configure(EntityTypeBuilder<UndoRow> undo)
    {
        undo.ToTable("undos");
        undo.HasKey(u => u.UndoId);
        undo.Property(u => u.UndoId).ValueGeneratedNever();
        undo.Property(u => u.Steps).HasColumnType("jsonb");
        undo.HasIndex(u => u.ExpiresAt).HasDatabaseName("ix_undos_age");
    }
}
