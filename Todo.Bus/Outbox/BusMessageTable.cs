using Npgsql;
using NpgsqlTypes;
using static Todo.Bus.Outbox.OutboxTable;

namespace Todo.Bus.Outbox;

/// <summary>Writes <c>bus.messages</c>.</summary>
internal static class BusMessageTable
{
    private const string InsertSql =
        """
        insert into bus.messages (application, destination, message_id, message_type, content_type, body, envelope)
        select application, destination, message_id, message_type, content_type, body, envelope::jsonb
        from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
             with ordinality as row (application, destination, message_id, message_type, content_type, body, envelope, place)
        order by place
        """;

    /// <summary>One statement that inserts the messages, in order.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<BusMessage> rows) =>
        new(InsertSql)
        {
            Parameters =
            {
                Column(rows, NpgsqlDbType.Text, row => row.Application),
                Column(rows, NpgsqlDbType.Text, row => row.Destination),
                Column(rows, NpgsqlDbType.Uuid, row => row.MessageId),
                Column(rows, NpgsqlDbType.Text, row => row.MessageType),
                Column(rows, NpgsqlDbType.Text, row => row.ContentType),
                Column(rows, NpgsqlDbType.Text, row => Json(row.Body)),
                Column(rows, NpgsqlDbType.Text, row => Json(row.Envelope)),
            },
        };
}
