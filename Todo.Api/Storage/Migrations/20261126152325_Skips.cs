using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Api.Storage.Migrations
{
    /// <summary>Which tasks were skipped, and which occurrences somebody gave dates of their own.</summary>
    public partial class Skips : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_dated_by_hand",
                schema: "tasks",
                table: "tasks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "skipped_all_missed",
                schema: "tasks",
                table: "tasks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "skipped_at",
                schema: "tasks",
                table: "tasks",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "is_dated_by_hand",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "skipped_all_missed",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "skipped_at",
                schema: "tasks",
                table: "tasks");
        }
    }
}
