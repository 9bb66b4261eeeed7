namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Names how rows are locked. Kept for source compatibility: the statements are our own.</summary>
public interface ILockStatementProvider;

/// <summary>Postgres, the one database the bus speaks.</summary>
public class PostgresLockStatementProvider : ILockStatementProvider
{
    /// <summary>The provider.</summary>
    public PostgresLockStatementProvider()
    {
    }

    /// <summary>The provider; nothing is cached.</summary>
    public PostgresLockStatementProvider(bool enableSchemaCaching) => _ = enableSchemaCaching;

    /// <summary>The provider; the schema is that of the mapping.</summary>
    public PostgresLockStatementProvider(string schemaName, bool enableSchemaCaching = true) => _ = (schemaName, enableSchemaCaching);
}
