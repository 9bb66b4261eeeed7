using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Todo.Bus.Sagas;

/// <summary>The SQL of one saga type, made once from its EF mapping: ordered locks, array inserts, updates and deletes.</summary>
internal sealed class SagaTable<TSaga>
    where TSaga : class
{
    private readonly SagaColumn<TSaga>[] _columns;
    private readonly string _lock;
    private readonly string _insert;
    private readonly string _update;
    private readonly string _delete;
    private readonly Func<TSaga> _create;

    private SagaTable(IEntityType entity, StoreObjectIdentifier table, bool optimistic)
    {
        Optimistic = optimistic;
        _columns = [.. Columns(entity, table)
            .OrderByDescending(property => property.Name == nameof(ISaga.CorrelationId))
            .Select(property => SagaColumn<TSaga>.From(property, table))];
        _create = System.Linq.Expressions.Expression.Lambda<Func<TSaga>>(System.Linq.Expressions.Expression.New(typeof(TSaga))).Compile();

        var name = table.Schema is null ? Quote(table.Name) : $"{Quote(table.Schema)}.{Quote(table.Name)}";
        var names = string.Join(", ", _columns.Select(column => column.Name));
        var arrays = string.Join(", ", _columns.Select((column, i) => $"${i + 1}::{column.ArrayType}[]"));
        var selected = string.Join(", ", _columns.Select(column => column.Selected("u")));
        var key = _columns[0].Name;
        Name = name;

        // A lateral join per id keeps to the primary key even on an empty table, and locks in the order of the sorted ids.
        // Who is optimistic locks nothing, and remembers which version of the row was read instead.
        var (version, lockRow) = optimistic ? (", xmin::text", "") : ("", " for update");
        _lock = $"select s.* from unnest($1::uuid[]) u(id) cross join lateral (select {names}{version} from {name} where {key} = u.id{lockRow}) s";
        _insert = $"insert into {name} ({names}) select {selected} from unnest({arrays}) u({names}) on conflict do nothing";
        _update = $"update {name} t set {string.Join(", ", _columns.Skip(1).Select(column => $"{column.Name} = {column.Selected("u")}"))} from unnest({arrays}{Versions(_columns.Length + 1)}) u({names}{(optimistic ? ", read_version" : "")}) where t.{key} = u.{key}{(optimistic ? " and t.xmin::text = u.read_version" : "")}";
        _delete = optimistic
            ? $"delete from {name} t using unnest($1::uuid[]{Versions(2)}) u(id, read_version) where t.{key} = u.id and t.xmin::text = u.read_version"
            : $"delete from {name} where {key} = any($1)";

        string Versions(int parameter) => optimistic ? $", ${parameter}::text[]" : "";
    }

    /// <summary>The table as the model has it; null when its rows are more than plain columns.</summary>
    public static SagaTable<TSaga>? From(DbContext context, bool optimistic)
    {
        var entity = context.Model.FindEntityType(typeof(TSaga))
            ?? throw new ConfigurationException($"{typeof(TSaga).Name} is not mapped in {context.GetType().Name}: apply its SagaClassMap in OnModelCreating.");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new ConfigurationException($"{typeof(TSaga).Name} is mapped to no table.");
        var plain = typeof(TSaga).GetConstructor(Type.EmptyTypes) is not null
            && !entity.GetNavigations().Any() && !entity.GetSkipNavigations().Any() && !entity.GetComplexProperties().Any()
            && entity.BaseType is null && !entity.GetDerivedTypes().Any()
            && Columns(entity, table).All(SagaColumn<TSaga>.IsPlain);
        return plain ? new SagaTable<TSaga>(entity, table, optimistic) : null;
    }

    /// <summary>True when rows are not locked, but written only if nobody else has since they were read.</summary>
    public bool Optimistic { get; }

    /// <summary>The table, for messages to people.</summary>
    public string Name { get; }

    public NpgsqlBatchCommand LockCommand(Guid[] sortedIds) =>
        new(_lock) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = sortedIds } } };

    public NpgsqlBatchCommand InsertCommand(IReadOnlyList<object?[]> rows) => Write(_insert, rows);

    /// <param name="rows">The rows as they are to be.</param>
    /// <param name="versions">Which version of each was read, for the optimistic.</param>
    public NpgsqlBatchCommand UpdateCommand(IReadOnlyList<object?[]> rows, IReadOnlyList<string?> versions) => Versioned(Write(_update, rows), versions);

    public NpgsqlBatchCommand DeleteCommand(Guid[] ids, IReadOnlyList<string?> versions) =>
        Versioned(new(_delete) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = ids } } }, versions);

    public object?[] ReadRow(NpgsqlDataReader reader)
    {
        var row = new object?[_columns.Length];
        for (var i = 0; i < row.Length; i++)
            row[i] = _columns[i].Read(reader, i);
        return row;
    }

    /// <summary>Which version of the row the reader is at; null for who locks it.</summary>
    public string? ReadVersion(NpgsqlDataReader reader) => Optimistic ? reader.GetString(_columns.Length) : null;

    public object?[] Values(TSaga saga)
    {
        var row = new object?[_columns.Length];
        for (var i = 0; i < row.Length; i++)
            row[i] = _columns[i].Get(saga);
        return row;
    }

    public TSaga Build(object?[] row)
    {
        var saga = _create();
        for (var i = 0; i < row.Length; i++)
            _columns[i].Set(saga, row[i]);
        return saga;
    }

    private NpgsqlBatchCommand Versioned(NpgsqlBatchCommand command, IReadOnlyList<string?> versions)
    {
        if (Optimistic)
            command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. versions] });
        return command;
    }

    private static IEnumerable<IProperty> Columns(IEntityType entity, StoreObjectIdentifier table) =>
        entity.GetProperties().Where(property => property.GetColumnName(table) is not (null or "xmin"));

    private NpgsqlBatchCommand Write(string sql, IReadOnlyList<object?[]> rows)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < _columns.Length; i++)
            command.Parameters.Add(_columns[i].Parameter(rows, i));
        return command;
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
