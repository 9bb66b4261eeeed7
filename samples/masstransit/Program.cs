using Confluent.Kafka;
using MassTransit;
using Todo.Bus.Envelope;
using Todo.Contracts;
using Todo.Contracts.Tasks;

var builder = Host.CreateApplicationBuilder(args);

// Which .NET type goes by which CloudEvents `type`, with the JSON that goes with it.
var types = new MessageTypes();
types.Add(MessageCatalogue.All, ContractsJson.Default);
builder.Services.AddSingleton(types);

builder.Services.AddMassTransit(bus =>
{
    bus.UsingInMemory();
    bus.AddRider(rider =>
    {
        rider.AddConsumer<PraiseConsumer>();
        rider.UsingKafka((context, kafka) =>
        {
            kafka.Host(Environment.GetEnvironmentVariable("BROKER") ?? "localhost:9092");
            kafka.TopicEndpoint<string, TaskCompleted>(Topics.TaskEvents, "praise", endpoint =>
            {
                endpoint.AutoOffsetReset = AutoOffsetReset.Earliest;
                endpoint.ConfigureConsumer<PraiseConsumer>(context);
            });
        });
    });
});

await builder.Build().RunAsync();

/// <summary>Hears what was completed; facts of other types on the topic pass by. A fact may come twice: its task and version tell.</summary>
internal sealed class PraiseConsumer : IConsumer<TaskCompleted>
{
    public Task Consume(ConsumeContext<TaskCompleted> context)
    {
        var task = context.Message.Task;
        Console.WriteLine($"Well done, {context.Message.ActorId}: {task.Title} ({task.TaskId} version {task.Version})");
        return Task.CompletedTask;
    }
}
