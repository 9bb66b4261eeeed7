using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Todo.AppHost;
using Todo.AppHost.Processes;
using Todo.AppHost.Up;

namespace Todo.EndToEnd.Tests.Robustness;

/// <summary>Several on one machine: each has its own, and a port has one owner.</summary>
public sealed class SideBySideTests(RunningSystem system)
{
    [Fact]
    public async Task Two_know_nothing_of_each_other_and_stopping_one_leaves_no_process_and_not_the_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are told apart by /proc.");
        using var person = await Person.SignUpAsync(system);
        var other = new RunningSystem();
        await other.InitializeAsync();
        try
        {
            using var stranger = await Person.SignUpAsync(other);
            var task = await stranger.CreateAsync(new() { Title = "Only here" });
            var prying = () => person.ComeBackAsync(other);
            await prying.Should().ThrowAsync<HttpRequestException>("an account of one is none of the other");
            (await system.QueryAsync("select saga_id from ops.sagas where saga_id = $1", task.TaskId)).Should().BeEmpty();

            var processes = await other.ProcessesAsync();
            var took = await other.StopAsync();

            processes.Should().HaveCountGreaterThan(5, "there are the host, Api, Workers and a database");
            ProcessTable.Read().StillThere(processes).Should().BeEmpty();
            took.Should().BeLessThan(TimeSpan.FromSeconds(10));
            (await person.NotificationsAsync()).Should().BeEmpty("the first goes on answering");
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_port_on_which_one_runs_already_is_one_clear_sentence()
    {
        var result = await UpAsync(system.Port);

        result.ExitCode.Should().NotBe(0);
        result.Output.Split('\n').Should().ContainSingle().Which.Should().Contain($"TodoBus is already running on port {system.Port}");
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_one_clear_sentence()
    {
        using var program = new TcpListener(IPAddress.Loopback, 0);
        program.Start();
        var port = ((IPEndPoint)program.LocalEndpoint).Port;

        var result = await UpAsync(port);

        result.ExitCode.Should().NotBe(0);
        result.Output.Split('\n').Should().ContainSingle().Which.Should().Contain($"Port {port} is taken by another program");
        Directory.Delete(Repository.PathTo(".todo", port.ToString(CultureInfo.InvariantCulture)), recursive: true);
    }

    private static Task<CommandResult> UpAsync(int port) => Command.RunAsync(
        Dotnet.Path, ["exec", Path.Combine(Dotnet.OutputOf("Todo.AppHost"), "Todo.AppHost.dll"), "up", "--no-build", "--port", port.ToString(CultureInfo.InvariantCulture)]);
}
