using MassTransit;
using Todo.Api.Tasks;
using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Commands;

namespace Todo.Api.Commands;

internal static class CommandsTopics
{
    /// <summary>The catalogue as the Api reads it: commands come in unread.</summary>
    public static IReadOnlyDictionary<Type, string> Names { get; } = MessageCatalogue.All.ToDictionary(message => Unread(message.Key), message => message.Value);

    private static IReadOnlyDictionary<Type, Func<object, string?>> Keys { get; } = MessageCatalogue.Keys
        .Select(message => Unread(message.Key) is var type && type == message.Key ? message : new(type, TaskIdOf(type)))
        .ToDictionary();

    public static IServiceCollection AddCommands(this IServiceCollection services) =>
        services.AddScoped<CommandSigner>().AddScoped<CommandResults>().AddSingleton<CommandLimits>();

    public static BusConfigurator AddCommandTopics(this BusConfigurator bus) => bus
        .Messages(Names, ContractsJson.Default)
        .Keys(Keys)
        .Produces<string, CommandAccepted>(Topics.TaskCommandResults)
        .Produces<string, CommandRefused>(Topics.TaskCommandResults)
        .Consumer<CommandsConsumer>()
        .Consumer<OccurrenceConsumer>()
        .Consumer<RepublishConsumer>()
        .TopicEndpoint(Topics.TaskCommands, "api", (context, endpoint) =>
        {
            endpoint.InboxByPosition = true; // strangers choose the ids; CommandRow makes it once
            endpoint.ConfigureConsumer<CommandsConsumer>(context);
        })
        .TopicEndpoint(Topics.TrustedTaskCommands, "api", (context, endpoint) =>
        {
            endpoint.ConfigureConsumer<CommandsConsumer>(context);
            endpoint.ConfigureConsumer<OccurrenceConsumer>(context);
            endpoint.ConfigureConsumer<RepublishConsumer>(context);
        });

    private static Type Unread(Type message) => message.IsAssignableTo(typeof(ITaskCommand)) ? typeof(Unread<>).MakeGenericType(message) : message;

    private static Func<object, string?> TaskIdOf(Type unread)
    {
        var property = unread.GetProperty(nameof(Unread<CreateTaskCommand>.TaskId))!;
        return message => (string?)property.GetValue(message);
    }
}
