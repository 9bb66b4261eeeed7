using Npgsql;
using NpgsqlTypes;

namespace Todo.Bus.Batching;

/// <summary>SQL for <c>bus.inbox</c>: what a group has handled of a topic, committed with the effect.</summary>
internal static class InboxTable
{
    /// <summary>Notes the messages and returns those not noted before.</summary>
    public static NpgsqlBatchCommand Insert(string consumer, Guid[] sortedIds) =>
        new("insert into bus.inbox (consumer, message_id) select $1, id from unnest($2::uuid[]) id on conflict do nothing returning message_id")
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = consumer, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<Guid[]> { TypedValue = sortedIds },
            },
        };

    /// <summary>Takes notes back: these messages failed and will come again.</summary>
    public static NpgsqlBatchCommand Delete(string consumer, IReadOnlyList<Guid> ids) =>
        new("delete from bus.inbox where consumer = $1 and message_id = any($2)")
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = consumer, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] },
            },
        };
}
