namespace Todo.AppHost.Postgres;

/// <param name="Folder">Everything of the cluster is below it: data, password, log, socket.</param>
internal sealed record PostgresSettings(string Folder)
{
    /// <summary>False for tests, which may lose their data with the machine and want speed.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>The folder goes with the cluster when it is stopped.</summary>
    public bool Temporary { get; init; }

    public int MaxConnections { get; init; } = 200;

    public string Database { get; init; } = "todo";
}
