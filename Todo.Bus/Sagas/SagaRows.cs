using Npgsql;
using Todo.Bus.Batching;

namespace Todo.Bus.Sagas;

internal interface ISagaRows
{
    void AddTo(NpgsqlBatch batch, List<(NpgsqlBatchCommand Command, int Rows, string What)> expected);
}

/// <summary>The sagas of one type that a batch has loaded, made, changed or finished. Each row is locked once and written once.</summary>
internal sealed class SagaRows<TSaga>(SagaTable<TSaga> table, Batch batch) : ISagaRows
    where TSaga : class
{
    private readonly Dictionary<Guid, Entry> _entries = [];

    /// <summary>Takes note of ids that were looked for and, in order, of the rows that were found.</summary>
    public async Task TakeAsync(IReadOnlyList<Guid> sortedIds, NpgsqlDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
        {
            var row = table.ReadRow(reader);
            _entries[(Guid)row[0]!] = new Entry { Row = row, Stored = true, Version = table.ReadVersion(reader) };
        }

        foreach (var id in sortedIds)
            _entries.TryAdd(id, new Entry());
    }

    /// <summary>The saga as the messages before this one left it; null where there is none.</summary>
    public async Task<TSaga?> FindAsync(Guid id, CancellationToken ct)
    {
        if (!_entries.TryGetValue(id, out var entry))
        {
            await using var single = new NpgsqlBatch(batch.Connection, batch.Transaction) { BatchCommands = { table.LockCommand([id]) } };
            await using var reader = await single.ExecuteReaderAsync(ct);
            await TakeAsync([id], reader, ct);
            entry = _entries[id];
        }

        // A fresh instance for each message: one that fails leaves no trace in the row.
        return entry.Row is null ? null : table.Build(entry.Row);
    }

    public void Save(Guid id, TSaga saga)
    {
        var entry = Entry.In(_entries, id);
        entry.Row = table.Values(saga);
        entry.Dirty = true;
    }

    public void Remove(Guid id)
    {
        var entry = Entry.In(_entries, id);
        entry.Row = null;
        entry.Dirty = true;
    }

    /// <summary>Which of the rows that this batch has changed match, and which do not; the database does not know them yet.</summary>
    public (List<Guid> Matching, HashSet<Guid> Changed) Match(Func<TSaga, bool> filter)
    {
        var changed = _entries.Where(entry => entry.Value.Dirty).ToList();
        return ([.. changed.Where(entry => entry.Value.Row is { } row && filter(table.Build(row))).Select(entry => entry.Key)], [.. changed.Select(entry => entry.Key)]);
    }

    /// <summary>What undoing one message needs.</summary>
    public Action Remember(Guid id)
    {
        var entry = Entry.In(_entries, id);
        var (row, dirty) = (entry.Row, entry.Dirty);
        return () => (entry.Row, entry.Dirty) = (row, dirty);
    }

    public void AddTo(NpgsqlBatch into, List<(NpgsqlBatchCommand Command, int Rows, string What)> expected)
    {
        List<object?[]>? added = null, changed = null;
        List<Guid>? removed = null;
        List<string?> changedVersions = [], removedVersions = [];
        foreach (var (id, entry) in _entries)
        {
            if (!entry.Dirty)
                continue;
            if (entry.Row is { } row)
            {
                (entry.Stored ? changed ??= [] : added ??= []).Add(row);
                if (entry.Stored)
                    changedVersions.Add(entry.Version);
            }
            else if (entry.Stored)
            {
                (removed ??= []).Add(id);
                removedVersions.Add(entry.Version);
            }
        }

        // Everybody inserts in the order of the ids, so that two who insert the same wait for each other in line, not in a circle.
        added?.Sort((a, b) => ((Guid)a[0]!).CompareTo((Guid)b[0]!));
        if (added is not null)
            Add(table.InsertCommand(added), added.Count);
        if (changed is not null)
            Add(table.UpdateCommand(changed, changedVersions), changed.Count);
        if (removed is not null)
            Add(table.DeleteCommand([.. removed], removedVersions), removed.Count);

        void Add(NpgsqlBatchCommand command, int rows)
        {
            into.BatchCommands.Add(command);
            expected.Add((command, rows, table.Name));
        }
    }

    private sealed class Entry
    {
        public object?[]? Row { get; set; }

        public bool Stored { get; init; }

        public string? Version { get; init; }

        public bool Dirty { get; set; }

        public static Entry In(Dictionary<Guid, Entry> entries, Guid id) =>
            entries.TryGetValue(id, out var entry) ? entry : entries[id] = new Entry();
    }
}
