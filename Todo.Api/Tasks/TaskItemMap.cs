using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using Todo.Contracts;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

internal sealed class TaskItemMap : IEntityTypeConfiguration<TaskItem>
{
    /// <summary>Local date and time as one value to sort by; a day without a time comes after its timed tasks.</summary>
    public const string DueKey = "DueKey";

    public const string SearchText = "SearchText";

    public const string HasReminders = "HasReminders";

    private const string Live = "deleted_at IS NULL AND state = 'open'";

    public void Configure(EntityTypeBuilder<TaskItem> task)
    {
        task.ToTable("tasks");
        task.HasKey(t => t.TaskId);
        task.Property(t => t.TaskId).ValueGeneratedNever();

        task.Property(t => t.Title).HasMaxLength(TaskRules.TitleLength);
        task.Property(t => t.Notes).HasMaxLength(TaskRules.NotesLength);
        task.Property(t => t.State).HasMaxLength(10).HasConversion(state => Word(state), word => State(word));
        task.Property(t => t.Labels).HasColumnType("text[]");
        task.Property(t => t.LabelKeys).HasColumnType("text[]").HasDefaultValueSql("'{}'");
        task.Property(t => t.StartZone).HasMaxLength(64);
        task.Property(t => t.DueZone).HasMaxLength(64);
        task.Property(t => t.Zone).HasMaxLength(64);
        task.Property(t => t.Order).HasColumnName("sort_order").HasMaxLength(OrderKey.Longest).UseCollation("C");
        task.Property(t => t.Reminders).HasColumnType("jsonb").HasConversion(
            reminders => JsonSerializer.Serialize(reminders, ContractsJson.Default.IReadOnlyListReminder),
            json => JsonSerializer.Deserialize(json, ContractsJson.Default.IReadOnlyListReminder)!,
            new ValueComparer<IReadOnlyList<Reminder>>((a, b) => a!.SequenceEqual(b!), list => list.Count));
        task.Property(t => t.Recurrence).HasColumnType("jsonb").HasConversion(
            rule => JsonSerializer.Serialize(rule, ContractsJson.Default.RecurrenceRule!),
            json => JsonSerializer.Deserialize(json, ContractsJson.Default.RecurrenceRule));
        OnlyForQueries(task.Property<DateTime?>(DueKey).HasColumnType("timestamp without time zone")
            .HasComputedColumnSql("due_date + coalesce(due_time, time '23:59:59')", stored: true));
        OnlyForQueries(task.Property<bool>(HasReminders).HasComputedColumnSql("reminders <> '[]'::jsonb", stored: true));
        OnlyForQueries(task.Property<NpgsqlTsVector>(SearchText)
            .HasComputedColumnSql($"setweight({Words("title")}, 'A') || setweight({Words("coalesce(notes, '')")}, 'C')", stored: true));

        Index(task);

        task.Ignore(t => t.IsUntouched);
        task.Ignore(t => t.IsLive);
        task.Property(t => t.Version).IsConcurrencyToken();
    }

    /// <summary>Every list there is, by owner and in its order, so that a page reads what it shows. ListPlansTests hold each to it.</summary>
    private static void Index(EntityTypeBuilder<TaskItem> task)
    {
        task.HasIndex(t => new { t.OwnerId, t.Order, t.TaskId }).HasDatabaseName("ix_tasks_order").HasFilter(Live);
        task.HasIndex(t => new { t.OwnerId, t.ProjectId, t.Order, t.TaskId }).HasDatabaseName("ix_tasks_place").HasFilter(Live);
        task.HasIndex(t => new { t.OwnerId, t.Priority, t.Order, t.TaskId }).HasDatabaseName("ix_tasks_priority").HasFilter(Live);
        task.HasIndex(t => new { t.OwnerId, t.CreatedAt, t.TaskId }).HasDatabaseName("ix_tasks_newest").HasFilter(Live);
        task.HasIndex(nameof(TaskItem.OwnerId), nameof(TaskItem.State), DueKey, nameof(TaskItem.Priority), nameof(TaskItem.Order), nameof(TaskItem.TaskId))
            .HasDatabaseName("ix_tasks_due").HasFilter("deleted_at IS NULL AND due_date IS NOT NULL"); // of the calendar too, which shows what is done
        task.HasIndex(t => new { t.OwnerId, t.CompletedAt, t.TaskId }).HasDatabaseName("ix_tasks_completed")
            .HasFilter("deleted_at IS NULL AND completed_at IS NOT NULL");
        task.HasIndex(t => new { t.OwnerId, t.UpdatedAt, t.TaskId }).HasDatabaseName("ix_tasks_archived").HasFilter("deleted_at IS NULL AND state = 'archived'");
        task.HasIndex(t => new { t.OwnerId, t.DeletedAt, t.TaskId }).HasDatabaseName("ix_tasks_trash").HasFilter("deleted_at IS NOT NULL");

        // What few tasks have: it costs only those that have it.
        task.HasIndex(t => new { t.OwnerId, t.ParentId, t.Order, t.TaskId }).HasDatabaseName("ix_tasks_parent").HasFilter("parent_id IS NOT NULL");
        task.HasIndex(t => new { t.OwnerId, t.SectionId }).HasDatabaseName("ix_tasks_section").HasFilter("section_id IS NOT NULL");
        task.HasIndex(t => t.SeriesId).HasDatabaseName("ix_tasks_series").HasFilter("series_id IS NOT NULL");
        task.HasIndex(t => new { t.OwnerId, t.Deadline }).HasDatabaseName("ix_tasks_deadline").HasFilter($"{Live} AND deadline IS NOT NULL");
        task.HasIndex(t => new { t.OwnerId, t.TaskId }).HasDatabaseName("ix_tasks_waiting").HasFilter($"{Live} AND (recurrence IS NOT NULL OR has_reminders)");

        // One for words and labels: a GIN index answers for any of its columns, and with the owner in it nobody reads what others wrote.
        task.HasIndex(nameof(TaskItem.OwnerId), nameof(TaskItem.LabelKeys), SearchText).HasDatabaseName("ix_tasks_words").HasMethod("gin");
    }

    /// <summary>Postgres computes it, and nobody here reads it: no write needs to bring it back.</summary>
    private static void OnlyForQueries<T>(PropertyBuilder<T> property)
    {
        property.ValueGeneratedNever();
        property.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        property.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }

    private static string Words(string column) =>
        $"to_tsvector('simple', translate({column}, '{Tasks.SearchText.Signs}', '{new string(' ', Tasks.SearchText.Signs.Length)}'))";

    private static string Word(TaskState state) => state switch
    {
        TaskState.Open => "open",
        TaskState.Completed => "completed",
        _ => "archived",
    };

    private static TaskState State(string word) => word switch
    {
        "open" => TaskState.Open,
        "completed" => TaskState.Completed,
        _ => TaskState.Archived,
    };
}
