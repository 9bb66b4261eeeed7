using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Workers.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ClosedAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_entries_correlation_id",
                schema: "audit",
                table: "entries",
                column: "correlation_id",
                filter: "correlation_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_entries_occurred_at",
                schema: "audit",
                table: "entries",
                column: "occurred_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_entries_recorded_at",
                schema: "audit",
                table: "entries",
                column: "recorded_at",
                filter: "type = 'todo.user.deleted.v1'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_entries_correlation_id",
                schema: "audit",
                table: "entries");

            migrationBuilder.DropIndex(
                name: "ix_entries_occurred_at",
                schema: "audit",
                table: "entries");

            migrationBuilder.DropIndex(
                name: "ix_entries_recorded_at",
                schema: "audit",
                table: "entries");
        }
    }
}
