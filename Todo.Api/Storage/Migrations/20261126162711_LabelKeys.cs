using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Api.Storage.Migrations
{
    /// <inheritdoc />
    public partial class LabelKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_labels",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.AddColumn<List<string>>(
                name: "label_keys",
                schema: "tasks",
                table: "tasks",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.Sql("UPDATE tasks.tasks SET label_keys = ARRAY(SELECT lower(btrim(label)) FROM unnest(labels) WITH ORDINALITY AS l (label, n) ORDER BY n) WHERE labels <> '{}'");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_labels",
                schema: "tasks",
                table: "tasks",
                column: "label_keys")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_labels",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "label_keys",
                schema: "tasks",
                table: "tasks");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_labels",
                schema: "tasks",
                table: "tasks",
                column: "labels")
                .Annotation("Npgsql:IndexMethod", "gin");
        }
    }
}
