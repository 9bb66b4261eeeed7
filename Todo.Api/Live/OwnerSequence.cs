using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Api.Storage;

namespace Todo.Api.Live;

/// <summary>Counts an owner's changes. Its row is also the lock that puts the owner's writes in one order.</summary>
internal sealed class OwnerSequence
{
    public required Guid OwnerId { get; init; }
    public long Sequence { get; init; }

    /// <summary>Changes up to this one have been forgotten.</summary>
    public long ForgottenUpTo { get; init; }

    /// <summary>Where an owner's feed stands.</summary>
    public static Task<long> ReadAsync(TodoDbContext db, Guid ownerId, CancellationToken ct) =>
        db.Owners.Where(o => o.OwnerId == ownerId).Select(o => o.Sequence).SingleOrDefaultAsync(ct);
}

internal sealed class OwnerSequenceMap : IEntityTypeConfiguration<OwnerSequence>
{
    public void Configure(EntityTypeBuilder<OwnerSequence> owner)
    {
        owner.ToTable("owners");
        owner.HasKey(o => o.OwnerId);
        owner.Property(o => o.OwnerId).ValueGeneratedNever();
    }
}
