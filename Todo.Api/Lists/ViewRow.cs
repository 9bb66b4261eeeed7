using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts.Lists;

namespace Todo.Api.Lists;

/// <summary>How somebody wants one list shown; a list that is shown as usual has no row.</summary>
internal sealed class ViewRow
{
    public required Guid OwnerId { get; init; }

    /// <summary>Which list, as <see cref="ListPlace"/> spells it.</summary>
    public required string Place { get; init; }

    public Grouping GroupedBy { get; private set; }
    public Sorting SortedBy { get; private set; }
    public bool ShowsCompleted { get; private set; }
    public DateTimeOffset ChosenAt { get; private set; }

    public void Take(ListView view, DateTimeOffset now) =>
        (GroupedBy, SortedBy, ShowsCompleted, ChosenAt) = (view.Group, view.Sort, view.Completed, now);

    public ListView ToView() => new() { Place = Place, Group = GroupedBy, Sort = SortedBy, Completed = ShowsCompleted };
}

internal sealed class ViewRowMap : IEntityTypeConfiguration<ViewRow>
{
    public void Configure(EntityTypeBuilder<ViewRow> view)
    {
        view.ToTable("list_views");
        view.HasKey(v => new { v.OwnerId, v.Place });
        view.Property(v => v.Place).HasMaxLength(80);
        view.Property(v => v.GroupedBy).HasMaxLength(20).HasConversion(group => Word(group), word => Enum.Parse<Grouping>(word, true));
        view.Property(v => v.SortedBy).HasMaxLength(20).HasConversion(sort => Word(sort), word => Enum.Parse<Sorting>(word, true));
    }

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
