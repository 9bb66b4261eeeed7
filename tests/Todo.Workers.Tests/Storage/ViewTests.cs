namespace Todo.Workers.Tests.Storage;

public sealed class ViewTests(WorkersProcess workers)
{
    [Fact]
    public async Task Every_column_of_every_view_says_what_it_means()
    {
        var silent = await workers.QueryAsync("""
            select c.relname || '.' || a.attname as name
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v' and col_description(c.oid, a.attnum) is null
            """);

        silent.Select(row => row["name"]).Should().BeEmpty();
    }

    [Fact]
    public async Task The_views_can_be_read()
    {
        foreach (var view in new[] { "sagas", "reminder_ledger", "recurrence_ledger", "notifications", "audit" })
            await workers.QueryAsync($"select * from ops.{view} limit 1");
    }
}
