using System.Diagnostics;
using System.Runtime.CompilerServices;
using YamlDotNet.RepresentationModel;

namespace Todo.Api.Tests.Commands;

/// <summary>The programs under samples/, run as an integrator runs them. Where their client is not installed, the test says that it did not run.</summary>
public sealed class SamplesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string Samples = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "samples"));

    [Fact]
    public async Task The_kcat_sample_creates_a_task_and_shows_its_facts_and_a_useful_refusal()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/kcat") && File.Exists("/usr/bin/openssl"), "kcat or openssl is not installed: the sample did not run.");
        using var ana = await Integrator.OfAsync(api);

        var (code, said) = await RunAsync(ana, "/bin/bash", Path.Combine(Samples, "kcat", "create-task.sh"), "From kcat");

        code.Should().Be(0, said);
        said.Should().Contain("todo.task.command-accepted.v1").And.Contain("todo.task.created.v1");
        (await ana.Person.TitlesAsync("open")).Should().Equal("From kcat");

        var (_, refused) = await RunAsync(ana, "/bin/bash", Path.Combine(Samples, "kcat", "create-task.sh"), "");
        refused.Should().Contain("todo.task.command-refused.v1").And.Contain("\"title\":[\"Must not be empty.\"]");
    }

    [Fact]
    public async Task The_Python_sample_creates_a_task_and_shows_its_facts_and_a_useful_refusal()
    {
        Assert.SkipUnless(await HasKafkaAsync(), "kafka-python or lz4 (Debian: python3-kafka, python3-lz4) is not installed for /usr/bin/python3: the sample did not run.");
        using var ana = await Integrator.OfAsync(api);

        var (code, said) = await RunAsync(ana, "/usr/bin/python3", Path.Combine(Samples, "python", "create_task.py"), "From Python, äöü");

        code.Should().Be(0, said);
        said.Should().Contain("accepted, version 1").And.Contain("fact: todo.task.created.v1 version 1");
        (await ana.Person.TitlesAsync("open")).Should().Equal("From Python, äöü");

        var (refusedCode, refused) = await RunAsync(ana, "/usr/bin/python3", Path.Combine(Samples, "python", "create_task.py"), "");
        (refusedCode, refused).Should().Be((1, "refused, 400: Some fields are wrong. {\"title\": [\"Must not be empty.\"]}"));
    }

    [Fact]
    public async Task The_MassTransit_sample_hears_what_is_completed()
    {
        var ana = await api.SomebodyAsync();
        var (other, task) = (await ana.AddAsync("Left open"), await ana.AddAsync("Water the plants"));
        await ana.DoAsync(task, "complete");
        var built = Path.Combine(Samples, "masstransit", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Praise.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", built]) { RedirectStandardOutput = true };
        (start.Environment["BROKER"], start.Environment["Kafka__GroupProtocol"]) = (api.BootstrapServers, "Consumer");

        using var sample = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var said = new List<string>();
            while (!said.Exists(line => line.StartsWith("Well done", StringComparison.Ordinal)))
                said.Add(await sample.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"It ended: {string.Join('\n', said)}"));

            said[^1].Should().Be($"Well done, {ana.Id}: Water the plants ({task.TaskId} version 2)");
            other.Version.Should().Be(1);
        }
        finally
        {
            sample.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void The_Dapr_subscription_names_a_component_and_a_topic_that_are_there()
    {
        var (subscription, component) = (Load("samples/dapr/subscription.yaml"), Load("components/local/pubsub.yaml"));

        At(subscription, "spec", "pubsubname").Should().Be(At(component, "metadata", "name"));
        Todo.Contracts.Topics.Published.Select(topic => topic.Name).Should().Contain(At(subscription, "spec", "topic"));
        var rules = (YamlSequenceNode)((YamlMappingNode)subscription["spec"]["routes"])["rules"];
        rules.Select(rule => rule["match"].ToString().Split('"')[1]).Should().BeSubsetOf(Todo.Contracts.MessageCatalogue.All.Values);
    }

    private static YamlMappingNode Load(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Samples, "..", path))));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static string At(YamlMappingNode node, string outer, string inner) => node[outer][inner].ToString();

    private static async Task<bool> HasKafkaAsync() => File.Exists("/usr/bin/python3") && (await StartAsync(null, "/usr/bin/python3", "-c", "import kafka, lz4.frame")).Code == 0;

    private async Task<(int Code, string Said)> RunAsync(Integrator who, string program, params string[] arguments) => await StartAsync(
        new Dictionary<string, string> { ["BROKER"] = api.BootstrapServers, ["TOKEN"] = who.Token, ["USERID"] = who.Person.Id.ToString() }, program, arguments);

    private static async Task<(int Code, string Said)> StartAsync(Dictionary<string, string>? environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, (await output + await error).Trim());
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
