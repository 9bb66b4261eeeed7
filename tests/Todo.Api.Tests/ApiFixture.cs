using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Todo.Api.Storage;
using Todo.Api.Tests.Edge;
using Todo.Contracts;
using Todo.Testing;

namespace Todo.Api.Tests;

/// <summary>The real Api in process on a database of its own. Without a Dapr sidecar, state is kept in memory.</summary>
public class ApiFixture : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();

    /// <summary>A Kafka of its own, because the Api's groups have fixed names and would share what classes send.</summary>
    private readonly FaultyKafka _kafka = new([.. Topics.All]);

    internal WebApplicationFactory<TodoDbContext> Api { get; private set; } = null!;

    /// <summary>What was answered with success, by the name of the operation.</summary>
    internal ConcurrentDictionary<string, byte> Answered { get; } = new();

    private ContractHandler Contract => new(Answered);

    internal string ConnectionString { get; private set; } = "";

    /// <summary>Everything that was mailed.</summary>
    internal MailServer Mail { get; } = new();

    internal string BootstrapServers => _kafka.BootstrapServers;

    /// <summary>What an operator has set otherwise.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>How the Api connects, where a class wants that otherwise.</summary>
    protected virtual string Connect(string connectionString) => connectionString;

    /// <summary>Parts of the Api that a class looks into.</summary>
    protected virtual void Watch(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        ConnectionString = Connect(await _postgres.CreateDatabaseAsync("api"));
        Api = new WebApplicationFactory<TodoDbContext>().WithWebHostBuilder(Configure);
        Api.Server.PreserveExecutionContext = false;
        await InStorageAsync(db => db.Database.ExecuteSqlRawAsync(ViewsOfWorkers));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await Api.DisposeAsync();
        }
        catch (Exception e) when (e is ObjectDisposedException or AggregateException)
        {
            // Started in process, the program's own Run() disposes the services while the factory is still stopping them.
        }

        await Mail.DisposeAsync();
        await _postgres.DisposeAsync();
        _kafka.Dispose();
    }

    /// <summary>Somebody new, signed in; everything they send proves that it comes from our own page.</summary>
    internal async Task<Person> SomebodyAsync(string zone = "UTC") => await Person.SignUpAsync(this, zone);

    /// <summary>Every answer to a browser is held against what the reference says of it.</summary>
    internal HttpClient Browser()
    {
        var client = Api.CreateDefaultClient(new Uri("http://localhost"), Contract, new CookieContainerHandler());
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    /// <summary>What follows # in the link to a page, out of the nth mail to an address that has one.</summary>
    internal async Task<string> MailedTokenAsync(string email, string page, int nth = 1)
    {
        var link = new Regex($@"http://todo\.test/{page}#(\S+)");
        var tokens = await Eventually.Get(() => Mail.To(email).Select(mail => link.Match(mail.TextBody ?? "")).Where(found => found.Success).Select(found => found.Groups[1].Value).ToList(), all => all.Count >= nth);
        return tokens[nth - 1];
    }

    /// <summary>Runs something on a context of the Api's own.</summary>
    internal async Task<T> InStorageAsync<T>(Func<TodoDbContext, Task<T>> work)
    {
        await using var scope = Api.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TodoDbContext>());
    }

    /// <summary>What Workers publish, as tables that tests can fill.</summary>
    private const string ViewsOfWorkers =
        """
        CREATE TABLE ops.audit (audit_id bigint GENERATED ALWAYS AS IDENTITY, message_id uuid NOT NULL, type text NOT NULL, task_id uuid, owner_id uuid, actor_id uuid,
            occurred_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL, correlation_id text, topic text, partition int, "offset" bigint, payload jsonb NOT NULL);
        CREATE TABLE ops.notifications (delivery_id uuid PRIMARY KEY, user_id uuid NOT NULL, channel text NOT NULL, state text NOT NULL, task_id uuid, reminder_id uuid,
            expected_at timestamptz NOT NULL, delivered_at timestamptz, attempts int NOT NULL, next_attempt_at timestamptz);
        """;

    private void Configure(IWebHostBuilder host)
    {
        host.UseEnvironment("Production");
        host.UseSetting("ConnectionStrings:Todo", ConnectionString);
        host.UseSetting("Kafka:BootstrapServers", _kafka.BootstrapServers);
        host.UseSetting("Kafka:GroupProtocol", "Consumer");
        host.UseSetting("Kafka:FetchWaitMaxMs", "10");
        host.UseSetting("App:SigningKey", "a key for tests");
        host.UseSetting("DataProtection:Certificate", Edge.InsideTests.NewCertificate());
        host.UseSetting("App:PublicUrl", "http://todo.test");
        host.UseSetting("Accounts:ConfirmAddresses", "false");
        host.UseSetting("Mail:Host", "127.0.0.1");
        host.UseSetting("Mail:Port", Mail.Port.ToString(CultureInfo.InvariantCulture));
        host.UseSetting("Limits:SignInsPerMinute", "10000");
        host.UseSetting("Limits:Burst", "100000");
        host.UseSetting("Logging:LogLevel:Default", "Error");
        foreach (var (name, value) in Settings)
            host.UseSetting(name, value);
        host.ConfigureTestServices(services => Watch(services.Replace(ServiceDescriptor.Singleton<IStateStore, MemoryStateStore>())));
    }
}
