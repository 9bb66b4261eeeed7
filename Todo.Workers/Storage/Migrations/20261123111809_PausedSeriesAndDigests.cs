using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Workers.Storage.Migrations
{
    /// <inheritdoc />
    public partial class PausedSeriesAndDigests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                schema: "audit",
                table: "tasks",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_owed_next",
                schema: "sagas",
                table: "recurrences",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_paused",
                schema: "sagas",
                table: "recurrences",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "details",
                schema: "notify",
                table: "deliveries",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_owner_id",
                schema: "audit",
                table: "tasks",
                column: "owner_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_owner_id",
                schema: "audit",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "owner_id",
                schema: "audit",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "is_owed_next",
                schema: "sagas",
                table: "recurrences");

            migrationBuilder.DropColumn(
                name: "is_paused",
                schema: "sagas",
                table: "recurrences");

            migrationBuilder.DropColumn(
                name: "details",
                schema: "notify",
                table: "deliveries");
        }
    }
}
