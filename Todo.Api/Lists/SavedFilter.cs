using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>A filter kept under a name.</summary>
internal sealed class SavedFilter
{
    public required Guid FilterId { get; init; }
    public required Guid OwnerId { get; init; }
    public string Name { get; private set; } = "";
    public string Query { get; private set; } = "";
    public string? Colour { get; private set; }
    public bool Favourite { get; private set; }
    public string Order { get; set; } = "";

    public void Take(FilterRequest request)
    {
        Name = request.Has("name") ? request.Name!.Trim() : Name;
        Query = request.Has("query") ? request.Query!.Trim() : Query;
        Colour = request.Has("colour") ? request.Colour : Colour;
        Favourite = request.Has("favourite") ? request.Favourite ?? false : Favourite;
        Order = request.Order ?? Order;
    }

    public FilterView ToView() => new(FilterId, Name, Query, Colour, Favourite, Order);
}

internal sealed class SavedFilterMap : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> filter)
    {
        filter.ToTable("filters");
        filter.HasKey(f => f.FilterId);
        filter.Property(f => f.FilterId).ValueGeneratedNever();
        filter.Property(f => f.Name).HasMaxLength(120);
        filter.Property(f => f.Query).HasMaxLength(1000);
        filter.Property(f => f.Colour).HasMaxLength(30);
        filter.Property(f => f.Order).HasColumnName("sort_order").HasMaxLength(OrderKey.Longest).UseCollation("C");
        filter.HasIndex(f => f.OwnerId).HasDatabaseName("ix_filters_owner");
    }
}
