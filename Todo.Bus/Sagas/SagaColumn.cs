using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Todo.Bus.Sagas;

/// <summary>One column of a saga table: reads and writes the property, converted as the EF model says.</summary>
internal abstract class SagaColumn<TSaga>(string name, string arrayType, string? cast)
{
    /// <summary>The column's name, quoted.</summary>
    public string Name { get; } = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The type of the parameter array. Base types only: an array of <c>varchar(100)</c> would cut values short without a word.</summary>
    public string ArrayType { get; } = arrayType;

    /// <summary>The column in a select list over <c>unnest</c>, cast where the column's type is not the array's.</summary>
    public string Selected(string alias) => cast is null ? $"{alias}.{Name}" : $"{alias}.{Name}::{cast}";

    public abstract object? Get(TSaga saga);

    public abstract void Set(TSaga saga, object? value);

    public abstract object? Read(NpgsqlDataReader reader, int ordinal);

    public abstract NpgsqlParameter Parameter(IReadOnlyList<object?[]> rows, int column);

    /// <summary>True when the property travels in an array of its type: not a shadow property, not an array itself, readable and writable.</summary>
    public static bool IsPlain(IProperty property)
    {
        var value = Provider(property);
        return property.PropertyInfo is { CanRead: true, CanWrite: true } && (!value.IsArray || value == typeof(byte[])) && !typeof(System.Collections.IList).IsAssignableFrom(value.IsArray ? typeof(object) : value)
            && property.ValueGenerated == ValueGenerated.Never && !property.IsConcurrencyToken;
    }

    public static SagaColumn<TSaga> From(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.GetRelationalTypeMapping();
        var converter = property.GetValueConverter() ?? mapping.Converter;
        var value = Provider(property);
        var store = mapping.StoreTypeNameBase;
        var (array, cast) = store is "jsonb" or "json" ? ("text", store) : (store is "character varying" or "varchar" or "character" ? "text" : store, (string?)null);
        return (SagaColumn<TSaga>)Activator.CreateInstance(
            typeof(SagaColumn<,>).MakeGenericType(typeof(TSaga), value),
            property.GetColumnName(table)!, array, cast, property, converter)!;
    }

    private static Type Provider(IProperty property)
    {
        var provider = (property.GetValueConverter() ?? property.GetRelationalTypeMapping().Converter)?.ProviderClrType ?? property.ClrType;
        return Nullable.GetUnderlyingType(provider) ?? provider;
    }
}

/// <summary>A column whose values travel as <typeparamref name="TValue"/>.</summary>
internal sealed class SagaColumn<TSaga, TValue>(string name, string arrayType, string? cast, IProperty property, ValueConverter? converter)
    : SagaColumn<TSaga>(name, arrayType, cast)
{
    private readonly Func<TSaga, object?> _get = Getter(property);
    private readonly Action<TSaga, object?> _set = Setter(property);

    public override object? Get(TSaga saga)
    {
        var value = _get(saga);
        return converter is null || value is null ? value : converter.ConvertToProvider(value);
    }

    public override void Set(TSaga saga, object? value) =>
        _set(saga, converter is null || value is null ? value : converter.ConvertFromProvider(value));

    public override object? Read(NpgsqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<TValue>(ordinal);

    public override NpgsqlParameter Parameter(IReadOnlyList<object?[]> rows, int column)
    {
        // Nulls need an array of nullable values; a reference type is one already.
        if (!typeof(TValue).IsValueType)
        {
            var references = new TValue?[rows.Count];
            for (var i = 0; i < rows.Count; i++)
                references[i] = (TValue?)rows[i][column];
            return new NpgsqlParameter { Value = references, DataTypeName = ArrayType + "[]" };
        }

        var values = Array.CreateInstance(typeof(Nullable<>).MakeGenericType(typeof(TValue)), rows.Count);
        for (var i = 0; i < rows.Count; i++)
            values.SetValue(rows[i][column], i);
        return new NpgsqlParameter { Value = values, DataTypeName = ArrayType + "[]" };
    }

    private static Func<TSaga, object?> Getter(IProperty property)
    {
        var saga = Expression.Parameter(typeof(TSaga));
        return Expression.Lambda<Func<TSaga, object?>>(Expression.Convert(Expression.Property(saga, property.PropertyInfo!), typeof(object)), saga).Compile();
    }

    private static Action<TSaga, object?> Setter(IProperty property)
    {
        var saga = Expression.Parameter(typeof(TSaga));
        var value = Expression.Parameter(typeof(object));
        var target = Expression.Property(saga, property.PropertyInfo!);
        var assign = Expression.Assign(target, Expression.Condition(
            Expression.Equal(value, Expression.Constant(null)),
            Expression.Default(property.ClrType),
            Expression.Convert(value, property.ClrType)));
        return Expression.Lambda<Action<TSaga, object?>>(assign, saga, value).Compile();
    }
}
