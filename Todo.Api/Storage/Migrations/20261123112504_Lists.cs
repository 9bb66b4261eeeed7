using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Api.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Lists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "untouched_version",
                schema: "tasks",
                table: "tasks",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "access_tokens",
                schema: "tasks",
                columns: table => new
                {
                    token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scopes = table.Column<List<string>>(type: "text[]", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_tokens", x => x.token_id);
                });

            migrationBuilder.CreateTable(
                name: "filters",
                schema: "tasks",
                columns: table => new
                {
                    filter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    query = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    colour = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    favourite = table.Column<bool>(type: "boolean", nullable: false),
                    sort_order = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_filters", x => x.filter_id);
                });

            migrationBuilder.CreateTable(
                name: "labels",
                schema: "tasks",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    colour = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    favourite = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_labels", x => new { x.owner_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "projects",
                schema: "tasks",
                columns: table => new
                {
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    colour = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    favourite = table.Column<bool>(type: "boolean", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sort_order = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_projects", x => x.project_id);
                });

            migrationBuilder.CreateTable(
                name: "sections",
                schema: "tasks",
                columns: table => new
                {
                    section_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    sort_order = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sections", x => x.section_id);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                schema: "tasks",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    browser = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    signed_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "undos",
                schema: "tasks",
                columns: table => new
                {
                    undo_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    steps = table.Column<string>(type: "jsonb", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_undos", x => x.undo_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_user",
                schema: "tasks",
                table: "access_tokens",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_filters_owner",
                schema: "tasks",
                table: "filters",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_projects_owner",
                schema: "tasks",
                table: "projects",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_sections_owner",
                schema: "tasks",
                table: "sections",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_age",
                schema: "tasks",
                table: "sessions",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user",
                schema: "tasks",
                table: "sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_undos_age",
                schema: "tasks",
                table: "undos",
                column: "expires_at");

            // Workers compare this with their sagas; they never read our tables.
            migrationBuilder.Sql(
                """
                CREATE SCHEMA IF NOT EXISTS ops;
                CREATE OR REPLACE VIEW ops.tasks AS
                    SELECT task_id, owner_id, version, state, deleted_at, updated_at FROM tasks.tasks;
                COMMENT ON VIEW ops.tasks IS 'Every task as the Api knows it, without what people wrote.';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW IF EXISTS ops.tasks;");

            migrationBuilder.DropTable(
                name: "access_tokens",
                schema: "tasks");

            migrationBuilder.DropTable(
                name: "filters",
                schema: "tasks");

            migrationBuilder.DropTable(
                name: "labels",
                schema: "tasks");

            migrationBuilder.DropTable(
                name: "projects",
                schema: "tasks");

            migrationBuilder.DropTable(
                name: "sections",
                schema: "tasks");

            migrationBuilder.DropTable(
                name: "sessions",
                schema: "tasks");

            migrationBuilder.DropTable(
                name: "undos",
                schema: "tasks");

            migrationBuilder.DropColumn(
                name: "untouched_version",
                schema: "tasks",
                table: "tasks");
        }
    }
}
