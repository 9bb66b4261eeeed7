using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Api.Storage.Migrations
{
    /// <summary>From here on an address that is not confirmed is a sign-up that waits for its owner. Whoever was here before is in.</summary>
    public partial class ConfirmedAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("UPDATE tasks.users SET email_confirmed = true");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
