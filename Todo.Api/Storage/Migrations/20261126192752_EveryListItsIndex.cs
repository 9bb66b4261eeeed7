using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Todo.Api.Storage.Migrations
{
    /// <inheritdoc />
    public partial class EveryListItsIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_due",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_labels",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_parent",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_search",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_sessions_user",
                schema: "tasks",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_access_tokens_user",
                schema: "tasks",
                table: "access_tokens");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gin", ",,");

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_text",
                schema: "tasks",
                table: "tasks",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('simple', translate(title, '@./:-_+#&=?%~<>', '               ')), 'A') || setweight(to_tsvector('simple', translate(coalesce(notes, ''), '@./:-_+#&=?%~<>', '               ')), 'C')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', coalesce(notes, '')), 'C')",
                oldStored: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_archived",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "updated_at", "task_id" },
                filter: "deleted_at IS NULL AND state = 'archived'");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_deadline",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "deadline" },
                filter: "deleted_at IS NULL AND state = 'open' AND deadline IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_due",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "state", "due_key", "priority", "sort_order", "task_id" },
                filter: "deleted_at IS NULL AND due_date IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_newest",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "created_at", "task_id" },
                filter: "deleted_at IS NULL AND state = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_order",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "sort_order", "task_id" },
                filter: "deleted_at IS NULL AND state = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_priority",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "priority", "sort_order", "task_id" },
                filter: "deleted_at IS NULL AND state = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_parent",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "parent_id", "sort_order", "task_id" },
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_section",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "section_id" },
                filter: "section_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_waiting",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "task_id" },
                filter: "deleted_at IS NULL AND state = 'open' AND (recurrence IS NOT NULL OR has_reminders)");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_words",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "label_keys", "search_text" })
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user",
                schema: "tasks",
                table: "sessions",
                columns: new[] { "user_id", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_user",
                schema: "tasks",
                table: "access_tokens",
                columns: new[] { "user_id", "token_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_archived",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_deadline",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_due",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_newest",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_order",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_priority",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_parent",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_section",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_waiting",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_words",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_sessions_user",
                schema: "tasks",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_access_tokens_user",
                schema: "tasks",
                table: "access_tokens");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:btree_gin", ",,");

            migrationBuilder.AlterColumn<NpgsqlTsVector>(
                name: "search_text",
                schema: "tasks",
                table: "tasks",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', coalesce(notes, '')), 'C')",
                stored: true,
                oldClrType: typeof(NpgsqlTsVector),
                oldType: "tsvector",
                oldNullable: true,
                oldComputedColumnSql: "setweight(to_tsvector('simple', translate(title, '@./:-_+#&=?%~<>', '               ')), 'A') || setweight(to_tsvector('simple', translate(coalesce(notes, ''), '@./:-_+#&=?%~<>', '               ')), 'C')",
                oldStored: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_due",
                schema: "tasks",
                table: "tasks",
                columns: new[] { "owner_id", "due_key", "priority", "sort_order", "task_id" },
                filter: "deleted_at IS NULL AND state = 'open' AND due_date IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_parent",
                schema: "tasks",
                table: "tasks",
                column: "parent_id",
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_labels",
                schema: "tasks",
                table: "tasks",
                column: "label_keys")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_search",
                schema: "tasks",
                table: "tasks",
                column: "search_text")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user",
                schema: "tasks",
                table: "sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_user",
                schema: "tasks",
                table: "access_tokens",
                column: "user_id");
        }
    }
}
