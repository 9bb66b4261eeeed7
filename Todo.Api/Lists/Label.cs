using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Api.Tasks;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>What somebody decided about a label; a label that only stands on tasks has no row.</summary>
internal sealed class Label
{
    public required Guid OwnerId { get; init; }
    public required string Name { get; init; }
    public string? Colour { get; set; }
    public bool Favourite { get; set; }

    /// <summary>Labels that differ in case alone are one label; every task keeps the spelling it was given.</summary>
    public static string KeyOf(string name) => name.Trim().ToLowerInvariant();

    /// <summary>True for a task that carries this label, said so that Postgres can look it up (<c>&lt;@</c>) instead of reading every task's labels.</summary>
    public static Expression<Func<TaskItem, bool>> StandsOn(string name)
    {
        string[] keys = [KeyOf(name)];
        return task => keys.All(key => task.LabelKeys.Contains(key));
    }
}

internal sealed class LabelMap : IEntityTypeConfiguration<Label>
{
    public void Configure(EntityTypeBuilder<Label> label)
    {
        label.ToTable("labels");
        label.HasKey(l => new { l.OwnerId, l.Name });
        label.Property(l => l.Name).HasMaxLength(TaskRules.LabelLength);
        label.Property(l => l.Colour).HasMaxLength(30);
    }
}
