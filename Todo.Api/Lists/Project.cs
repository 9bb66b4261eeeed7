using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>A project.</summary>
internal sealed class Project
{
    public required Guid ProjectId { get; init; }
    public required Guid OwnerId { get; init; }
    public string Name { get; private set; } = "";
    public string? Colour { get; private set; }
    public Guid? ParentId { get; set; }
    public bool Favourite { get; private set; }

    /// <summary>When it was put away; its open tasks were put away at the same moment, by which they are found again.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    public string Order { get; private set; } = "";

    public static Project Create(Guid projectId, Guid ownerId, ProjectRequest request, DateTimeOffset now)
    {
        var project = new Project { ProjectId = projectId, OwnerId = ownerId, Order = OrderKey.Last(now) };
        project.Take(request);
        return project;
    }

    public void Take(ProjectRequest request)
    {
        Name = request.Has("name") ? request.Name!.Trim() : Name;
        Colour = request.Has("colour") ? request.Colour : Colour;
        ParentId = request.Has("parentId") ? request.ParentId : ParentId;
        Favourite = request.Has("favourite") ? request.Favourite ?? false : Favourite;
        Order = request.Order ?? Order;
    }

    public ProjectView ToView(IEnumerable<Section> sections) => new()
    {
        ProjectId = ProjectId,
        Name = Name,
        Colour = Colour,
        ParentId = ParentId,
        Favourite = Favourite,
        Archived = ArchivedAt is not null,
        Order = Order,
        Sections = [.. sections.OrderBy(s => s.Order, StringComparer.Ordinal).ThenBy(s => s.SectionId).Select(s => s.ToView())],
    };
}

internal sealed class ProjectMap : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> project)
    {
        project.ToTable("projects");
        project.HasKey(p => p.ProjectId);
        project.Property(p => p.ProjectId).ValueGeneratedNever();
        project.Property(p => p.Name).HasMaxLength(120);
        project.Property(p => p.Colour).HasMaxLength(30);
        project.Property(p => p.Order).HasColumnName("sort_order").HasMaxLength(OrderKey.Longest).UseCollation("C");
        project.HasIndex(p => p.OwnerId).HasDatabaseName("ix_projects_owner");
    }
}
