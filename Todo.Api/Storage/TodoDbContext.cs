using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Audit;
using Todo.Api.Commands;
using Todo.Api.Identity;
using Todo.Api.Lists;
using Todo.Api.Live;
using Todo.Api.Notifications;
using Todo.Api.Tasks;

namespace Todo.Api.Storage;

/// <summary>Everything the Api owns, in schema <c>tasks</c>, and the read-only views of schema <c>ops</c> that it shows.</summary>
internal sealed class TodoDbContext(DbContextOptions<TodoDbContext> options)
    : IdentityDbContext<TodoUser, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<TaskItem> Tasks => Set<TaskItem>();
    public DbSet<UndoRow> Undos => Set<UndoRow>();
    public DbSet<Project> Projects => Set<Project>();
    public DbSet<Section> Sections => Set<Section>();
    public DbSet<Label> Labels => Set<Label>();
    public DbSet<SavedFilter> Filters => Set<SavedFilter>();
    public DbSet<ViewRow> Views => Set<ViewRow>();
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<ChangeRow> Changes => Set<ChangeRow>();
    public DbSet<CommandRow> Commands => Set<CommandRow>();
    public DbSet<OwnerSequence> Owners => Set<OwnerSequence>();
    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema("tasks");
        builder.HasPostgresExtension("btree_gin"); // so that the owner can stand in the index of words
        builder.ApplyConfigurationsFromAssembly(typeof(TodoDbContext).Assembly);

        builder.Entity<TodoUser>().ToTable("users");
        builder.Entity<IdentityRole<Guid>>().ToTable("roles");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("user_roles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
    }
}
