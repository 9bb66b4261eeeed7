using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace Todo.Api.Storage;

/// <summary>Inserts new rows past EF's change tracker, by EF's own model: its columns, its conversions. One prepared statement, run once a row.</summary>
internal sealed class RowInsert<T>
    where T : class
{
    private readonly Column[] _columns;
    private readonly string _sql;

    private RowInsert(IEntityType type)
    {
        _columns = [.. type.GetProperties().Where(property => property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save).Select(Column.Of)];
        _sql = $"INSERT INTO {type.GetSchemaQualifiedTableName()} ({string.Join(", ", _columns.Select(column => column.Name))}) VALUES ({string.Join(", ", _columns.Select((_, i) => $"${i + 1}"))})";
    }

    public static RowInsert<T> By(IModel model) => new(model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is no entity."));

    /// <summary>The statement for one row.</summary>
    public NpgsqlBatchCommand Of(T row)
    {
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var column in _columns)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = column.Type, Value = column.Read(row) ?? DBNull.Value });
        return command;
    }

    private sealed record Column(string Name, NpgsqlDbType Type, Func<object, object?> Read)
    {
        public static Column Of(IProperty property)
        {
            var mapping = property.GetRelationalTypeMapping();
            using var command = new NpgsqlCommand();
            var type = ((NpgsqlParameter)mapping.CreateParameter(command, "p", null, nullable: true)).NpgsqlDbType;
            var getter = property.GetGetter();
            var convert = mapping.Converter?.ConvertToProvider ?? (value => value);
            return new Column(property.GetColumnName(), type, row => getter.GetClrValue(row) is { } value ? convert(value) : null);
        }
    }
}
