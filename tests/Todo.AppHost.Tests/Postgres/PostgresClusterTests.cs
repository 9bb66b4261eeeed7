using System.Diagnostics;
using Npgsql;
using Todo.AppHost.Postgres;
using Todo.AppHost.Processes;
using Todo.Testing;

namespace Todo.AppHost.Tests.Postgres;

public sealed class PostgresClusterTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"todobus-test-{Guid.NewGuid().ToString("N")[..8]}");

    [Fact]
    public async Task A_cluster_keeps_its_data_password_and_port_between_runs()
    {
        var first = await StartAsync();
        await ExecuteAsync(first.ConnectionString, "create table kept (id int); insert into kept values (7)");
        await first.DisposeAsync();

        await using var second = await StartAsync();
        var kept = await ScalarAsync(second.ConnectionString, "select id from kept");

        kept.Should().Be(7);
        second.Port.Should().Be(first.Port);
        second.Password.Should().Be(first.Password);
    }

    [Fact]
    public async Task A_stopped_cluster_leaves_no_process()
    {
        var cluster = await StartAsync();
        var server = Process.GetProcessById(cluster.ProcessId!.Value);

        await cluster.DisposeAsync();

        await Eventually.True(() => server.HasExited);
    }

    [Fact]
    public async Task A_server_left_running_by_a_killed_run_is_taken_over()
    {
        await using var first = await StartAsync();
        await ExecuteAsync(first.ConnectionString, "create table kept (id int)");

        await using var second = await StartAsync();

        second.TakenOver.Should().BeTrue();
        second.ProcessId.Should().Be(first.ProcessId);
        (await ScalarAsync(second.ConnectionString, "select count(*) from kept")).Should().Be(0L);
    }

    [Fact]
    public async Task A_killed_server_starts_again_with_what_was_committed()
    {
        await using var cluster = await StartAsync(durable: true);
        await ExecuteAsync(cluster.ConnectionString, "create table kept (id int); insert into kept values (7)");
        var killed = cluster.ProcessId!.Value;
        using (var server = Process.GetProcessById(killed))
        {
            server.Kill();
            await Eventually.True(() => server.HasExited);
        }

        await cluster.RunAsync();
        NpgsqlConnection.ClearAllPools();
        var kept = await ScalarAsync(cluster.ConnectionString, "select id from kept");

        kept.Should().Be(7);
        cluster.ProcessId.Should().NotBe(killed);
    }

    [Fact]
    public async Task A_pid_file_that_names_somebody_else_does_not_keep_it_from_starting()
    {
        var first = await StartAsync();
        await first.DisposeAsync();
        var pidFile = Path.Combine(_folder, "data", "postmaster.pid");
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n{_folder}/data\n0\n{first.Port}\n");

        await using var second = await StartAsync();

        second.TakenOver.Should().BeFalse();
        (await ScalarAsync(second.ConnectionString, "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var cluster = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "guess" }.ConnectionString;

        var login = () => ScalarAsync(wrong, "select 1");

        (await login.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task The_password_file_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps permissions elsewhere.");
            return;
        }

        await using var cluster = await StartAsync();

        var mode = File.GetUnixFileMode(Path.Combine(_folder, "password"));

        mode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_server_goes_on_when_nothing_refers_to_its_cluster_any_more()
    {
        var (connectionString, processId) = await StartAndForgetAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        await using var again = await StartAsync();

        again.ProcessId.Should().Be(processId);
        (await ScalarAsync(connectionString, "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task Upper_and_lower_case_of_every_script_match()
    {
        await using var cluster = await StartAsync();

        var found = await ScalarAsync(cluster.ConnectionString, "select 'ÄPFEL ЁЛКА' ilike 'äpfel ёлка'");

        found.Should().Be(true);
    }

    [Fact]
    public async Task The_watch_stops_a_temporary_server_and_removes_its_folder_when_its_owner_is_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no watch; the server is taken over at the next start.");
        var cluster = await StartAsync();
        var server = Process.GetProcessById(cluster.ProcessId!.Value);

        // The pipe of a watch closes when its owner is killed; closing it is the same event.
        using var watch = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", OwnerWatch.Script, "watch", Path.Combine(_folder, "data", "postmaster.pid"), "QUIT", _folder])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        watch.StandardInput.Close();

        await Eventually.True(() => server.HasExited);
        await Eventually.True(() => !Directory.Exists(_folder));
        cluster.Abandon();
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private Task<PostgresCluster> StartAsync(bool durable = false) =>
        PostgresCluster.StartAsync(new PostgresSettings(_folder) { Durable = durable });

    private async Task<(string ConnectionString, int? ProcessId)> StartAndForgetAsync()
    {
        var cluster = await StartAsync();
        return (cluster.ConnectionString, cluster.ProcessId);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
