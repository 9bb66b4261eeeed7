using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Workers.Storage.Migrations
{
    /// <inheritdoc />
    public partial class AuditInItsOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_entries_owner_id_audit_id",
                schema: "audit",
                table: "entries");

            migrationBuilder.CreateIndex(
                name: "ix_entries_owner_id_audit_id_occurred_at_type",
                schema: "audit",
                table: "entries",
                columns: new[] { "owner_id", "audit_id", "occurred_at", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_entries_type_audit_id",
                schema: "audit",
                table: "entries",
                columns: new[] { "type", "audit_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_entries_owner_id_audit_id_occurred_at_type",
                schema: "audit",
                table: "entries");

            migrationBuilder.DropIndex(
                name: "ix_entries_type_audit_id",
                schema: "audit",
                table: "entries");

            migrationBuilder.CreateIndex(
                name: "ix_entries_owner_id_audit_id",
                schema: "audit",
                table: "entries",
                columns: new[] { "owner_id", "audit_id" });
        }
    }
}
