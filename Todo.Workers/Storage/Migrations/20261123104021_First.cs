using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Todo.Workers.Storage.Migrations
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "notify");

            migrationBuilder.EnsureSchema(
                name: "audit");

            migrationBuilder.EnsureSchema(
                name: "sagas");

            migrationBuilder.CreateTable(
                name: "deliveries",
                schema: "notify",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    notification_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reminder_id = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    expected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    urgent = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    summary_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliveries", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "entries",
                schema: "audit",
                columns: table => new
                {
                    audit_id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    correlation_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    topic = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    partition = table.Column<int>(type: "integer", nullable: false),
                    offset = table.Column<long>(type: "bigint", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entries", x => x.audit_id);
                });

            migrationBuilder.CreateTable(
                name: "recipients",
                schema: "notify",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    preferences = table.Column<string>(type: "jsonb", nullable: false),
                    said_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    unsubscribed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    digested_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recipients", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "recurrence_ledger",
                schema: "audit",
                columns: table => new
                {
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurrence = table.Column<int>(type: "integer", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_date = table.Column<DateOnly>(type: "date", nullable: true),
                    due_time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    due_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    rule = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recurrence_ledger", x => new { x.series_id, x.occurrence });
                });

            migrationBuilder.CreateTable(
                name: "recurrences",
                schema: "sagas",
                columns: table => new
                {
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    mode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    anchor = table.Column<DateOnly>(type: "date", nullable: false),
                    rule_since = table.Column<int>(type: "integer", nullable: false),
                    time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    occurrence = table.Column<int>(type: "integer", nullable: false),
                    live = table.Column<string>(type: "jsonb", nullable: false),
                    previous = table.Column<string>(type: "jsonb", nullable: false),
                    ended_because = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recurrences", x => x.series_id);
                });

            migrationBuilder.CreateTable(
                name: "reminder_ledger",
                schema: "audit",
                columns: table => new
                {
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reminder_id = table.Column<Guid>(type: "uuid", nullable: false),
                    expected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    snoozed = table.Column<bool>(type: "boolean", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fires = table.Column<int>(type: "integer", nullable: false),
                    cancelled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancelled_because = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminder_ledger", x => new { x.task_id, x.reminder_id, x.expected_at });
                });

            migrationBuilder.CreateTable(
                name: "reminders",
                schema: "sagas",
                columns: table => new
                {
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    plan = table.Column<string>(type: "jsonb", nullable: false),
                    timer_token = table.Column<Guid>(type: "uuid", nullable: true),
                    timer_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminders", x => x.task_id);
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                schema: "audit",
                columns: table => new
                {
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    task = table.Column<string>(type: "jsonb", nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan = table.Column<string>(type: "jsonb", nullable: false),
                    heard_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks", x => x.task_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_next_attempt_at",
                schema: "notify",
                table: "deliveries",
                column: "next_attempt_at",
                filter: "next_attempt_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_task_id_reminder_id_expected_at_user_id_channel",
                schema: "notify",
                table: "deliveries",
                columns: new[] { "task_id", "reminder_id", "expected_at", "user_id", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_user_id_created_at",
                schema: "notify",
                table: "deliveries",
                columns: new[] { "user_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_entries_message_id",
                schema: "audit",
                table: "entries",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_entries_owner_id_audit_id",
                schema: "audit",
                table: "entries",
                columns: new[] { "owner_id", "audit_id" });

            migrationBuilder.CreateIndex(
                name: "ix_entries_task_id_audit_id",
                schema: "audit",
                table: "entries",
                columns: new[] { "task_id", "audit_id" });

            migrationBuilder.CreateIndex(
                name: "ix_recurrence_ledger_task_id",
                schema: "audit",
                table: "recurrence_ledger",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_recurrences_owner_id",
                schema: "sagas",
                table: "recurrences",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_reminder_ledger_expected_at",
                schema: "audit",
                table: "reminder_ledger",
                column: "expected_at",
                filter: "fired_at is null and cancelled_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_reminder_ledger_owner_id_expected_at",
                schema: "audit",
                table: "reminder_ledger",
                columns: new[] { "owner_id", "expected_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reminders_owner_id",
                schema: "sagas",
                table: "reminders",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_reminders_timer_at",
                schema: "sagas",
                table: "reminders",
                column: "timer_at",
                filter: "timer_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_reminders_updated_at",
                schema: "sagas",
                table: "reminders",
                column: "updated_at",
                filter: "state = 'Closed'");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_heard_at",
                schema: "audit",
                table: "tasks",
                column: "heard_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deliveries",
                schema: "notify");

            migrationBuilder.DropTable(
                name: "entries",
                schema: "audit");

            migrationBuilder.DropTable(
                name: "recipients",
                schema: "notify");

            migrationBuilder.DropTable(
                name: "recurrence_ledger",
                schema: "audit");

            migrationBuilder.DropTable(
                name: "recurrences",
                schema: "sagas");

            migrationBuilder.DropTable(
                name: "reminder_ledger",
                schema: "audit");

            migrationBuilder.DropTable(
                name: "reminders",
                schema: "sagas");

            migrationBuilder.DropTable(
                name: "tasks",
                schema: "audit");
        }
    }
}
