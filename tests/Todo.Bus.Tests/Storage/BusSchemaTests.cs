using Npgsql;
using Todo.Bus.Storage;
using Todo.Testing;

namespace Todo.Bus.Tests.Storage;

public sealed class BusSchemaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Many_replicas_starting_at_once_apply_every_script_once()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BusSchema.ApplyAsync(source, CancellationToken.None)));

        await using var command = source.CreateCommand("select string_agg(name, ' ' order by version) from bus.schema_version");
        (await command.ExecuteScalarAsync()).Should().Be(string.Join(' ', BusSchema.Scripts().Select(script => script.Name)));
    }

    [Fact]
    public async Task A_failing_script_leaves_nothing_behind_and_can_be_run_again()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await using (var obstacle = source.CreateCommand("create schema ops; create view ops.timers as select 1 as one"))
            await obstacle.ExecuteNonQueryAsync();

        var apply = () => BusSchema.ApplyAsync(source, CancellationToken.None);
        await apply.Should().ThrowAsync<PostgresException>();
        await using (var remove = source.CreateCommand("drop view ops.timers"))
            await remove.ExecuteNonQueryAsync();
        await apply();

        await using var command = source.CreateCommand("select count(*) from bus.schema_version");
        (await command.ExecuteScalarAsync()).Should().Be((long)BusSchema.Scripts().Count());
    }

    [Fact]
    public async Task Every_view_and_column_for_operators_is_explained()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "explained");

        var silent = await database.ScalarAsync<string>(
            """
            select coalesce(string_agg(c.relname || '.' || coalesce(a.attname, '*'), ' '), '')
            from pg_class c
            cross join lateral (select 0 as attnum, null::name as attname
                                union all select attnum, attname from pg_attribute where attrelid = c.oid and attnum > 0) a
            where c.relnamespace = 'ops'::regnamespace and col_description(c.oid, a.attnum) is null
              and (a.attnum > 0 or obj_description(c.oid) is null)
            """);

        silent.Should().BeEmpty();
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_shown_as_hex()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "readable");

        (await database.ScalarAsync<string>(@"select ops.readable('\xc3a9'::bytea)")).Should().Be("é");
        (await database.ScalarAsync<string>(@"select ops.readable('\xff00'::bytea)")).Should().Be(@"\xff00");
    }
}
