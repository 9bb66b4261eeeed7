using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Api.Live;

/// <summary>Counts an owner's changes. Its row is also the lock that puts the owner's writes in one order.</summary>
internal sealed class OwnerSequence
{
    public required Guid OwnerId { get; init; }
    public long Sequence { get; init; }

    /// <summary>Changes up to this one have been forgotten.</summary>
    public long ForgottenUpTo { get; init; }
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
