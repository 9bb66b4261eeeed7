using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>A part of a project.</summary>
internal sealed class Section
{
    public required Guid SectionId { get; init; }
    public required Guid ProjectId { get; set; }
    public required Guid OwnerId { get; init; }
    public required string Name { get; set; }
    public required string Order { get; set; }

    public SectionView ToView() => new(SectionId, Name, Order);
}

internal sealed class SectionMap : IEntityTypeConfiguration<Section>
{
    public void Configure(EntityTypeBuilder<Section> section)
    {
        section.ToTable("sections");
        section.HasKey(s => s.SectionId);
        section.Property(s => s.SectionId).ValueGeneratedNever();
        section.Property(s => s.Name).HasMaxLength(120);
        section.Property(s => s.Order).HasColumnName("sort_order").HasMaxLength(OrderKey.Longest).UseCollation("C");
        section.HasIndex(s => s.OwnerId).HasDatabaseName("ix_sections_owner");
    }
}
