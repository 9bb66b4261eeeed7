using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using YamlDotNet.Serialization;

namespace Todo.Contracts.Tests.Documents;

public sealed class ContractDocumentsTests
{
    private const string HowTo = "docs/contracts follows from Todo.Contracts: run this test once with TODO_UPDATE_SNAPSHOTS=1 and look at the difference";

    public static TheoryData<string> Ids => [.. Message.All.Select(message => message.Id)];

    /// <summary>What others build on: a change of it is to be seen in review. TODO_UPDATE_SNAPSHOTS=1 writes it anew.</summary>
    [Fact]
    public void The_documents_say_what_the_code_says()
    {
        var expected = ContractFiles.Generate();
        if (Environment.GetEnvironmentVariable("TODO_UPDATE_SNAPSHOTS") == "1")
            Write(expected);

        ContractFiles.Present().Should().BeEquivalentTo(expected.Keys, HowTo);
        foreach (var (path, text) in expected)
            File.ReadAllText(Path.Combine(ContractFiles.Folder, path)).ReplaceLineEndings("\n").Should().Be(text, $"{path}: {HowTo}");
    }

    [Fact]
    public void Every_message_of_a_published_topic_is_described_and_no_other_topic_has_any()
    {
        Message.All.Select(message => message.Type).Should().BeEquivalentTo(MessageCatalogue.All.Keys);
        Message.All.Should().OnlyContain(message => message.Meaning.Length > 10);
        Topics.Published.Select(topic => topic.Name).Should().BeSubsetOf(Topics.All);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_example_fits_its_schema_survives_reading_and_writing_and_travels_under_its_key(string id)
    {
        var message = Message.All.Single(one => one.Id == id);
        var schema = JsonSchema.FromText(ContractFiles.Json(SchemaWriter.Of(message)), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        var data = message.Data.ToJsonString();

        var again = JsonSerializer.Deserialize(data, message.Type, ContractsJson.Default.Options);
        var verdict = schema.Evaluate(JsonDocument.Parse(data).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });

        verdict.IsValid.Should().BeTrue(JsonSerializer.Serialize(verdict));
        JsonSerializer.SerializeToNode(again, message.Type, ContractsJson.Default.Options)!.ToJsonString().Should().Be(data);
        message.Event["partitionkey"]!.GetValue<string>().Should().Be(message.Data[message.Topic.Key]!.GetValue<string>());
    }

    [Fact]
    public void A_schema_refuses_what_is_not_the_message()
    {
        var message = Message.All.Single(one => one.Id == "todo.task.created.v1");
        var schema = JsonSchema.FromText(ContractFiles.Json(SchemaWriter.Of(message)), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        var (without, retyped) = (message.Data, message.Data);
        without["task"]!.AsObject().Remove("version");
        retyped["task"]!["due"]!["date"] = 4;

        schema.Evaluate(JsonSerializer.SerializeToElement(without)).IsValid.Should().BeFalse();
        schema.Evaluate(JsonSerializer.SerializeToElement(retyped)).IsValid.Should().BeFalse();
    }

    [Fact]
    public void Both_forms_of_the_AsyncAPI_document_are_one_document()
    {
        var document = AsyncApi.Document();

        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(Yaml.Of(document));

        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(yaml), JsonNode.Parse(document.ToJsonString())).Should().BeTrue();
    }

    private static void Write(SortedDictionary<string, string> files)
    {
        foreach (var old in ContractFiles.Present().ToList())
            File.Delete(Path.Combine(ContractFiles.Folder, old));
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(ContractFiles.Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
