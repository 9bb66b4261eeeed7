using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Commands;

namespace Todo.Api.Tests.Commands;

/// <summary>A program that knows nothing but the page at /contracts: it has a token of somebody, writes events by hand and reads the answers.</summary>
internal sealed class Integrator(ApiFixture api, Person person, string token) : IDisposable
{
    private readonly IProducer<string?, byte[]> _producer = new ProducerBuilder<string?, byte[]>(
        new ProducerConfig { BootstrapServers = api.BootstrapServers, Partitioner = Partitioner.Murmur2Random, MessageMaxBytes = 4_000_000 }).Build();

    private readonly TopicLog _log = new(api.BootstrapServers, Topics.TaskCommandResults, Topics.TaskEvents);

    public TopicLog Log => _log;

    public Person Person => person;

    public string Token => token;

    public static async Task<Integrator> OfAsync(ApiFixture api, params string[] scopes)
    {
        var person = await api.SomebodyAsync();
        return new Integrator(api, person, await TokenAsync(person, scopes));
    }

    public static async Task<string> TokenAsync(Person person, params string[] scopes)
    {
        var answer = await person.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("script", scopes.Length == 0 ? ["tasks:read", "tasks:write"] : scopes), Person.Json);
        return (await Person.ReadAsync<TokenView>(answer, HttpStatusCode.Created)).Secret!;
    }

    /// <summary>Sends a command and waits for what became of it.</summary>
    public async Task<JsonObject> AskAsync(string verb, Guid taskId, JsonObject? more = null, string? id = null)
    {
        id ??= Guid.NewGuid().ToString();
        var data = new JsonObject { ["taskId"] = taskId, ["userId"] = person.Id };
        foreach (var (name, value) in more ?? [])
            data[name] = value?.DeepClone();
        await SendAsync(id, $"todo.task.{verb}.v1", taskId.ToString(), data.ToJsonString());
        return await ResultAsync(id);
    }

    public Task<JsonObject> ResultAsync(string id, int which = 0) => Testing.Eventually.Get(
        () => _log.All((key, _) => key == id).Skip(which).FirstOrDefault(), found => found is not null, TimeSpan.FromSeconds(60))!;

    public async Task SendAsync(string id, string type, string? key, string data, bool signed = true, DateTimeOffset? at = null, string topic = Topics.TaskCommands)
    {
        var value = $$"""{"specversion":"1.0","id":"{{id}}","source":"/tests","type":"{{type}}","data":{{data}}}""";
        var headers = new Headers { { "content-type", "application/cloudevents+json"u8.ToArray() } };
        if (signed)
            headers.Add(CommandSignature.Header, Encoding.ASCII.GetBytes(CommandSignature.Sign(token, id, "/tests", type, Encoding.UTF8.GetBytes(data), at ?? DateTimeOffset.UtcNow)));
        await _producer.ProduceAsync(topic, new Message<string?, byte[]> { Key = key, Value = Encoding.UTF8.GetBytes(value), Headers = headers });
    }

    public void Dispose()
    {
        _producer.Dispose();
        _log.Dispose();
    }
}
