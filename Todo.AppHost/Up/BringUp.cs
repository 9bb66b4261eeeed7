using System.Runtime.InteropServices;
using Npgsql;
using Todo.AppHost.Dapr;
using Todo.AppHost.Kafka;
using Todo.AppHost.Mail;
using Todo.AppHost.Postgres;
using Todo.AppHost.Processes;

namespace Todo.AppHost.Up;

/// <summary>The parts of TodoBus in the order they start; they stop in the opposite one.</summary>
internal sealed class BringUp(UpOptions options, Screen screen, CancellationTokenSource stop) : IAsyncDisposable
{
    private const string Api = "todo-api";
    private const string Workers = "todo-workers";

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly CancellationTokenSource _givenUp = new();
    private Task _building = Task.CompletedTask;
    private bool _portTaken;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        var screen = new Screen();

        await using var host = new BringUp(UpOptions.Parse(arguments), screen, stop);
        try
        {
            await host.StartAsync(stop.Token);
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            screen.Say();
            screen.Say("Stopping…");
        }

        return host._portTaken ? throw Instance.PortTaken(host.Port) : 0;
    }

    private int Port => options.Port;

    public async ValueTask DisposeAsync()
    {
        // When another part did not start, nobody waits for the build any more.
        await _givenUp.CancelAsync();
        await _building.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken ct)
    {
        var instance = await Instance.OpenAsync(options.Port, ct);
        _parts.Push(new Closing(instance));
        if (options.Fresh)
            await instance.ClearAsync(ct);

        _building = BuildAsync(ct);
        var postgres = await StartPostgresAsync(instance, ct);
        var kafka = await StartKafkaAsync();
        var mail = Keep(MailSink.Start(instance.MailFolder));
        await WriteSecretsAsync(instance, postgres, kafka, ct);
        var sidecars = await StartSidecarsAsync(instance, ct);
        await _building;

        var settings = new ChildSettings(instance, sidecars, kafka, options.Kafka is null, mail.Port, options.Demo ? await instance.DemoPasswordAsync(ct) : null, options.ConfirmAddresses, options.Client);
        await instance.WriteToolSettingsAsync(settings.Workers().Environment, ct);
        await StartAppsAsync(settings, ct);

        await Addresses.PrintAsync(screen, settings, postgres, mail.Folder, ct);
    }

    private async Task BuildAsync(CancellationToken ct)
    {
        if (!options.Build)
            return;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _givenUp.Token);
        await screen.StepAsync(
            "build",
            "restoring and building",
            async () =>
            {
                await Dotnet.BuildAsync(Path.Combine("Todo.AppHost", "up.slnf"), either.Token);
                return Dotnet.Configuration;
            },
            configuration => configuration);
    }

    private async Task<PostgresAddress> StartPostgresAsync(Instance instance, CancellationToken ct)
    {
        if (options.Postgres is { } given)
            return await screen.StepAsync("postgres", "connecting", () => PostgresAddress.CheckAsync(given, ct), address => $"{address.Host}:{address.Port} (given)");

        var cluster = await screen.StepAsync(
            "postgres",
            "starting",
            () => PostgresCluster.StartAsync(new PostgresSettings(instance.PostgresFolder), line => screen.Doing("postgres", line), ct),
            cluster => cluster.TakenOver ? $"127.0.0.1:{cluster.Port}, taken over from an earlier run" : $"127.0.0.1:{cluster.Port}");
        Keep(PostgresKeeper.Keep(cluster, Report));
        return new PostgresAddress(cluster.ConnectionString);
    }

    private async Task<string> StartKafkaAsync()
    {
        if (options.Kafka is { } given)
        {
            await GivenKafka.PrepareAsync(given);
            screen.Done("kafka", $"{given} (given)");
            return given;
        }

        var kafka = EmbeddedKafka.Start(TopicNames.All);
        Keep(new Closing(kafka));
        screen.Done("kafka", $"{kafka.BootstrapServers} (embedded, in memory)");
        return kafka.BootstrapServers;
    }

    private static async Task WriteSecretsAsync(Instance instance, PostgresAddress postgres, string kafka, CancellationToken ct)
    {
        await instance.WriteSecretsAsync(
            new Dictionary<string, string>
            {
                ["ConnectionStrings--Todo"] = postgres.ConnectionString,
                ["state-connection-string"] = LibpqConnectionString.FromNpgsql(postgres.ConnectionString),
                ["kafka-brokers"] = kafka,
                ["App--SigningKey"] = await instance.SigningKeyAsync(ct),
                ["DataProtection--Certificate"] = await instance.KeyCertificateAsync(ct),
            },
            ct);

        // daprd makes its tables but not the schema they are in.
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var schema = source.CreateCommand("create schema if not exists dapr");
        await schema.ExecuteNonQueryAsync(ct);
    }

    private async Task<Sidecars> StartSidecarsAsync(Instance instance, CancellationToken ct)
    {
        var tokens = ApiTokens.For(Api, Workers);
        if (Daprd.Find() is not null)
        {
            var endpoints = new Dictionary<string, (string, string)>();
            foreach (var app in (string[])[Api, Workers])
            {
                var (grpc, http) = (instance.PortFor($"dapr-grpc-{app}"), instance.PortFor($"dapr-http-{app}"));
                Keep(Supervised.Start($"daprd {app}", Daprd.For(app, tokens[app], grpc, http, instance.Folder), instance.LogFile($"daprd-{app}"), Report));
                endpoints[app] = ($"http://127.0.0.1:{grpc}", $"http://127.0.0.1:{http}");
            }

            screen.Done("dapr", "daprd, one for each app");
            return new Sidecars(tokens, app => endpoints[app]);
        }

        var components = await Components.LoadAsync(Repository.LocalComponents, instance.Folder, ct);
        var sidecar = Keep(await Sidecar.StartAsync(components, tokens, ct));
        screen.Done("dapr", $"{sidecar.HttpEndpoint} (our sidecar; daprd is not installed)");
        return new Sidecars(tokens, _ => (sidecar.GrpcEndpoint, sidecar.HttpEndpoint));
    }

    private async Task StartAppsAsync(ChildSettings settings, CancellationToken ct)
    {
        // Both at once, starting and stopping.
        Keep(new Together(
            Supervised.Start("api", settings.Api(), settings.Instance.LogFile("api"), Report),
            Supervised.Start("workers", settings.Workers(), settings.Instance.LogFile("workers"), Report)));

        await Task.WhenAll(
            screen.StepAsync("api", "starting", () => Readiness.WaitAsync("api", settings.ApiAddress, ct), address => address),
            screen.StepAsync("workers", "starting", () => Readiness.WaitAsync("workers", settings.WorkersAddress, ct), address => address));
    }

    private void Report(ChildDeath death)
    {
        // Somebody took the port between our look and the Api's; trying again would not give it back.
        if (death.Name == "api" && death.LastLines.Any(line => line.Contains("address already in use", StringComparison.OrdinalIgnoreCase)))
        {
            _portTaken = true;
            stop.Cancel();
            return;
        }

        screen.Trouble(death.Name, $"ended with code {death.ExitCode}; starting again in {death.RestartIn.TotalSeconds:0.#} s. It said last:");
        screen.Indented(death.LastLines);
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>Ctrl-C and SIGTERM stop us; a second one ends us at once, and everything we started with us.</summary>
    private sealed class StopSignals : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations;

        public StopSignals(CancellationTokenSource stop) =>
            _registrations = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT]).Select(signal =>
                PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = !stop.IsCancellationRequested;
                    stop.Cancel();
                }))];

        public void Dispose()
        {
            foreach (var registration in _registrations)
                registration.Dispose();
        }
    }

    private sealed class Closing(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Together(params IAsyncDisposable[] parts) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.WhenAll(parts.Select(part => part.DisposeAsync().AsTask()));
    }
}
