using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Api.Storage.Migrations;

/// <inheritdoc />
public partial class Commands : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "commands",
            schema: "tasks",
            columns: table => new
            {
                owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                command_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                print = table.Column<byte[]>(type: "bytea", nullable: false),
                task_id = table.Column<Guid>(type: "uuid", nullable: false),
                version = table.Column<long>(type: "bigint", nullable: true),
                problem = table.Column<string>(type: "jsonb", nullable: true),
                occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_commands", x => new { x.owner_id, x.command_id });
            });

        migrationBuilder.CreateIndex(
            name: "ix_commands_age",
            schema: "tasks",
            table: "commands",
            column: "occurred_at");
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(
            name: "commands",
            schema: "tasks");
    }
}
