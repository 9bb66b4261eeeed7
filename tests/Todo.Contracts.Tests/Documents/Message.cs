using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Todo.Contracts.Tests.Documents;

/// <summary>One message of the catalogue, with everything that is said about it.</summary>
internal sealed record Message(Type Type, MessageAttribute Named, TopicDescription Topic)
{
    public static IReadOnlyList<Message> All { get; } =
    [
        .. from topic in Topics.Published
           from type in MessageCatalogue.All.Keys
           let named = type.GetCustomAttribute<MessageAttribute>()!
           where named.Topic == topic.Name
           orderby Topics.Published.ToList().IndexOf(topic), named.Ours, Examples.PlaceOf(type)
           select new Message(type, named, topic),
    ];

    public string Id => Named.Type;

    public string Meaning => XmlDocs.Of(Type)!;

    public string? Remarks => XmlDocs.RemarksOf(Type);

    /// <summary>The data of the example.</summary>
    public JsonNode Data => JsonSerializer.SerializeToNode(Examples.Of(Type), Type, ContractsJson.Default.Options)!;

    /// <summary>The whole event of the example, as it is on the wire.</summary>
    public JsonObject Event
    {
        get
        {
            var key = Data[Topic.Key]!.GetValue<string>();
            var theirs = Topic.Use == TopicUse.Write && !Named.Ours;
            var whole = new JsonObject
            {
                ["specversion"] = "1.0",
                ["id"] = Examples.MessageId,
                ["source"] = theirs ? "/my/program" : Named.Ours && Topic.Use == TopicUse.Write ? "/todo/workers" : "/todo/api",
                ["type"] = Id,
                ["subject"] = key,
                ["partitionkey"] = key,
                ["time"] = Examples.Now.UtcDateTime.ToString("O"),
                ["datacontenttype"] = "application/json",
            };
            if (!theirs)
                (whole["correlationid"], whole["traceparent"]) = (Examples.CorrelationId, Examples.TraceParent);
            whole["data"] = Data;
            return whole;
        }
    }
}
