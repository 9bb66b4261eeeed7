using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Todo.Bus.Hosting;

namespace Todo.Api.Storage;

/// <summary>How the Api keeps what it owns: Postgres for tasks and keys, Dapr's state store for preferences and idempotency.</summary>
internal static class TodoStorage
{
    public static WebApplicationBuilder AddTodoStorage(this WebApplicationBuilder builder)
    {
        builder.AddBusDbContext<TodoDbContext>(options => options.UseNpgsql(Npgsql).UseSnakeCaseNamingConvention()
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning))); // search ranks some of too many, whichever
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical); // what fails is thrown, and logged where it is caught
        builder.Services.AddHostedService<MigrateAtStart>();
        builder.Services.AddSingleton<IStateStore, DaprStateStore>();
        ProtectKeys(builder.Services.AddDataProtection().SetApplicationName("todobus").PersistKeysToDbContext<TodoDbContext>(), builder.Configuration);
        return builder;
    }

    /// <summary>
    /// Cookies are sealed with keys that lie in Postgres; these are sealed in turn with a certificate that does not. It comes
    /// from the secret store, as PKCS #12 in base64; those before it, parted by commas, still open what they sealed.
    /// </summary>
    private static void ProtectKeys(IDataProtectionBuilder keys, ConfigurationManager configuration)
    {
        if (configuration["DataProtection:Certificate"] is not { Length: > 0 } current)
            return;
        var before = (configuration["DataProtection:EarlierCertificates"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        keys.ProtectKeysWithCertificate(Certificate(current)).UnprotectKeysWithAnyCertificate([.. before.Select(Certificate)]);
    }

    private static X509Certificate2 Certificate(string base64) => X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(base64), null);

    public static void Npgsql(NpgsqlDbContextOptionsBuilder npgsql) => npgsql.MigrationsHistoryTable("migrations", "tasks");
}
