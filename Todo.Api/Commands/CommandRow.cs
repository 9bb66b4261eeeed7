using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Bus.Envelope;
using Todo.Contracts;
using Todo.Contracts.Commands;

namespace Todo.Api.Commands;

/// <summary>A command that came, and what became of it: what makes it happen once. Ids belong to their owner, so nobody can use up somebody else's.</summary>
internal sealed class CommandRow
{
    /// <summary>Longer than a signature lasts, so that no command can come back after its row has gone.</summary>
    public static readonly TimeSpan Kept = 7 * CommandSignature.Lasts;

    public required Guid OwnerId { get; init; }
    public required string CommandId { get; init; }
    public required byte[] Print { get; init; }
    public required Guid TaskId { get; init; }
    public long? Version { get; init; }
    public string? Problem { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What tells two commands of one id apart.</summary>
    public static byte[] PrintOf(EventEnvelope command) => SHA256.HashData([.. Encoding.UTF8.GetBytes(command.Type + "\n"), .. command.Data.Span]);

    public CommandProblem? Refusal => Problem is null ? null : JsonSerializer.Deserialize(Problem, ContractsJson.Default.CommandProblem);
}

internal sealed class CommandRowMap : IEntityTypeConfiguration<CommandRow>
{
    public void Configure(EntityTypeBuilder<CommandRow> command)
    {
        command.ToTable("commands");
        command.HasKey(c => new { c.OwnerId, c.CommandId });
        command.Property(c => c.CommandId).HasMaxLength(CommandsConsumer.LongestId);
        command.Property(c => c.Problem).HasColumnType("jsonb");
        command.HasIndex(c => c.OccurredAt).HasDatabaseName("ix_commands_age");
    }
}
