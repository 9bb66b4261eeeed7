using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Todo.Api.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without starting the Api.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<TodoDbContext>
{
    public TodoDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<TodoDbContext>()
            .UseNpgsql("Host=design-time", TodoStorage.Npgsql)
            .UseSnakeCaseNamingConvention()
            .Options);
}
