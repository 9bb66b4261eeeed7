using System.Globalization;
using Todo.AppHost.Dapr;
using Todo.AppHost.Processes;

namespace Todo.AppHost.Up;

/// <summary>What each program needs to be told, once for all of them.</summary>
internal sealed class ChildSettings(Instance instance, Sidecars sidecars, string kafka, bool kafkaIsEmbedded, int mailPort, string? demoPassword, bool confirmAddresses, string? client = null)
{
    public const string DemoUser = "demo@todobus.example";

    private readonly int _workersPort = instance.PortFor("workers");

    public Instance Instance => instance;

    public string Kafka => kafka;

    public string? DemoPassword => demoPassword;

    public string ApiAddress => instance.Address;

    public string WorkersAddress => $"http://localhost:{_workersPort}";

    public ChildProgram Api() => Program("Todo.Api", new()
    {
        ["ASPNETCORE_URLS"] = ApiAddress,
        ["Client__Root"] = client ?? Dotnet.OutputOf("Todo.Web"),
        ["Accounts__ConfirmAddresses"] = confirmAddresses ? "true" : "false", // mails become files here: a first visit is one step unless somebody wants two
        ["Demo__User"] = demoPassword is null ? null : DemoUser,
        ["Demo__Password"] = demoPassword,
    }, "todo-api");

    public ChildProgram Workers() => Program("Todo.Workers", new()
    {
        ["ASPNETCORE_URLS"] = WorkersAddress,
    }, "todo-workers");

    private ChildProgram Program(string project, Dictionary<string, string?> environment, string app)
    {
        var output = Dotnet.OutputOf(project);
        var program = Path.Combine(output, project + ".dll");
        if (!File.Exists(program))
            throw new HostException($"{project} is not built ({program} is missing): run ./todo up without --no-build.");

        var (grpc, http) = sidecars.EndpointsOf(app);
        environment["DAPR_GRPC_ENDPOINT"] = grpc;
        environment["DAPR_HTTP_ENDPOINT"] = http;
        environment["DAPR_API_TOKEN"] = sidecars.Tokens[app];
        environment["Kafka__BootstrapServers"] = kafka;
        if (kafkaIsEmbedded)
        {
            // There a group under the classic protocol waits for sessions to end before it goes on, and every fetch is answered at once.
            environment["Kafka__GroupProtocol"] = "Consumer";
            environment["Kafka__FetchWaitMaxMs"] = "10";
            // Nobody waits for the books, and asking a hundred times a second for each topic costs more than all the rest of an idle system.
            environment["Kafka__Groups__audit__FetchWaitMaxMs"] = "200";
            environment["Kafka__Groups__ledger__FetchWaitMaxMs"] = "200";
        }

        environment["Mail__Host"] = "127.0.0.1";
        environment["Mail__Port"] = mailPort.ToString(CultureInfo.InvariantCulture);
        environment["Mail__From"] = "TodoBus <todobus@localhost>";
        environment["App__PublicUrl"] = ApiAddress;
        environment["Workers__Url"] = WorkersAddress;

        // Two programs on one machine: heaps that shrink again matter more than the last bit of throughput.
        environment["DOTNET_gcServer"] = "0";

        return new ChildProgram(Dotnet.Path, "exec", program) { WorkingFolder = output, Environment = environment };
    }
}

/// <summary>Where each app finds its sidecar, and the token it shows there.</summary>
internal sealed record Sidecars(ApiTokens Tokens, Func<string, (string Grpc, string Http)> EndpointsOf);
