using Npgsql;
using NpgsqlTypes;

namespace Todo.Bus.Outbox;

/// <summary>Writes <c>bus.outbox</c>: any number of rows in one statement, in the order given.</summary>
public static class OutboxTable
{
    // Base types only: an array of varchar(100) would cut longer text without a word.
    private const string InsertSql =
        """
        insert into bus.outbox (lane, topic, partition, key, value, headers, message_id, message_type)
        select lane, topic, partition, key, value, headers::jsonb, message_id, message_type
        from unnest($1::smallint[], $2::text[], $3::integer[], $4::bytea[], $5::bytea[], $6::text[], $7::uuid[], $8::text[])
             with ordinality as row (lane, topic, partition, key, value, headers, message_id, message_type, place)
        order by place
        """;

    /// <summary>One statement that inserts the rows. They leave once the transaction it runs in has committed, those of a topic and key in this order.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<OutboxRow> rows) =>
        new(InsertSql)
        {
            Parameters =
            {
                Column(rows, NpgsqlDbType.Smallint, row => row.Lane),
                Column(rows, NpgsqlDbType.Text, row => row.Topic),
                Column(rows, NpgsqlDbType.Integer, row => row.Partition),
                Column(rows, NpgsqlDbType.Bytea, row => row.Key),
                Column(rows, NpgsqlDbType.Bytea, row => row.Value),
                Column(rows, NpgsqlDbType.Text, row => Json(row.Headers)),
                Column(rows, NpgsqlDbType.Uuid, row => row.MessageId),
                Column(rows, NpgsqlDbType.Text, row => row.MessageType),
            },
        };

    /// <summary>JSON as Postgres can hold it: a zero character, which only garbage has, becomes the replacement character.</summary>
    internal static string Json(string json) => json.Replace(@"\u0000", @"\ufffd", StringComparison.Ordinal);

    /// <summary>One column of many rows as an array parameter.</summary>
    internal static NpgsqlParameter<TColumn[]> Column<TRow, TColumn>(IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, TColumn> read)
    {
        var values = new TColumn[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = read(rows[i]);
        return new NpgsqlParameter<TColumn[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
