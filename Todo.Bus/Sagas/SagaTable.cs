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

    public SagaTable(DbContext context)
    {
        var entity = context.Model.FindEntityType(typeof(TSaga))
            ?? throw new ConfigurationException($"{typeof(TSaga).Name} is not mapped in {context.GetType().Name}: apply its SagaClassMap in OnModelCreating.");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new ConfigurationException($"{typeof(TSaga).Name} is mapped to no table.");
        if (entity.GetNavigations().Any() || entity.GetComplexProperties().Any())
            throw new ConfigurationException($"{typeof(TSaga).Name} has navigations or complex properties; a saga is one row: use HasConversion to a jsonb column.");

        _columns = [.. entity.GetProperties()
            .Where(property => property.GetColumnName(table) is not (null or "xmin"))
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
        _lock = $"select s.* from unnest($1::uuid[]) u(id) cross join lateral (select {names} from {name} where {key} = u.id for update) s";
        _insert = $"insert into {name} ({names}) select {selected} from unnest({arrays}) u({names}) on conflict do nothing";
        _update = $"update {name} t set {string.Join(", ", _columns.Skip(1).Select(column => $"{column.Name} = {column.Selected("u")}"))} from unnest({arrays}) u({names}) where t.{key} = u.{key}";
        _delete = $"delete from {name} where {key} = any($1)";
    }

    /// <summary>The table, for messages to people.</summary>
    public string Name { get; }

    public NpgsqlBatchCommand LockCommand(Guid[] sortedIds) =>
        new(_lock) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = sortedIds } } };

    public NpgsqlBatchCommand InsertCommand(IReadOnlyList<object?[]> rows) => Write(_insert, rows);

    public NpgsqlBatchCommand UpdateCommand(IReadOnlyList<object?[]> rows) => Write(_update, rows);

    public NpgsqlBatchCommand DeleteCommand(Guid[] ids) =>
        new(_delete) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = ids } } };

    public object?[] ReadRow(NpgsqlDataReader reader)
    {
        var row = new object?[_columns.Length];
        for (var i = 0; i < row.Length; i++)
            row[i] = _columns[i].Read(reader, i);
        return row;
    }

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

    private NpgsqlBatchCommand Write(string sql, IReadOnlyList<object?[]> rows)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < _columns.Length; i++)
            command.Parameters.Add(_columns[i].Parameter(rows, i));
        return command;
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
