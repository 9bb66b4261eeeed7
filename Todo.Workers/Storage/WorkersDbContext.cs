using Microsoft.EntityFrameworkCore;
using Todo.Workers.Audit;
using Todo.Workers.Ledger;
using Todo.Workers.Notifications;
using Todo.Workers.Recurrence;
using Todo.Workers.Reminders;

namespace Todo.Workers.Storage;

/// <summary>What Workers keep: sagas (schema sagas), deliveries (notify), what happened (audit).</summary>
internal sealed class WorkersDbContext(DbContextOptions<WorkersDbContext> options) : DbContext(options)
{
    public DbSet<Recipient> Recipients => Set<Recipient>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<WitnessedTask> WitnessedTasks => Set<WitnessedTask>();

    public DbSet<ReminderEntry> ReminderLedger => Set<ReminderEntry>();

    public DbSet<OccurrenceEntry> RecurrenceLedger => Set<OccurrenceEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        new ReminderStateMap().Configure(modelBuilder);
        new RecurrenceStateMap().Configure(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WorkersDbContext).Assembly);
    }
}
