using System.Text.Json.Nodes;

namespace Todo.Contracts.Tests.Documents;

/// <summary>docs/contracts/released holds the schemas that programs out there were written against. They bind us.</summary>
public sealed class BreakingChangesTests
{
    private static readonly string Released = Path.Combine(ContractFiles.Folder, "released");

    /// <summary>TODO_RELEASE_CONTRACTS=1 takes today's schemas for released, unless one would break what was released before.</summary>
    [Fact]
    public void Nothing_released_has_changed_in_a_way_that_breaks_its_readers_or_writers()
    {
        var now = Message.All.ToDictionary(message => message.Id);
        var broken = new List<string>();
        foreach (var file in Directory.Exists(Released) ? Directory.GetFiles(Released, "*.json") : [])
        {
            var id = Path.GetFileNameWithoutExtension(file);
            if (!now.TryGetValue(id, out var message))
                broken.Add($"{id}: removed");
            else
                broken.AddRange(Against(File.ReadAllText(file), message).Select(change => $"{id}: {change}"));
        }

        broken.Should().BeEmpty("a change that breaks what was released takes a new version: keep the old message and add one whose name ends in .v2");
        if (Environment.GetEnvironmentVariable("TODO_RELEASE_CONTRACTS") == "1")
            Release();
    }

    [Fact]
    public void What_is_published_has_been_released() =>
        Directory.GetFiles(Released, "*.json").Select(Path.GetFileNameWithoutExtension).Should().BeEquivalentTo(
            Message.All.Where(message => !message.Named.Ours).Select(message => message.Id),
            "a message that others may use is bound from the day it is on main: run these tests once with TODO_RELEASE_CONTRACTS=1");

    public static TheoryData<string, string, string> Breaks => new()
    {
        { "todo.task.created.v1", "remove task.title", "data.task.title: removed" },
        { "todo.task.created.v1", "retype task.version", "data.task.version: its type was integer and is string" },
        { "todo.task.created.v1", "optional task.version", "data.task.version: was always there and is not now" },
        { "todo.reminder.due.v1", "remove expectedAt", "data.expectedAt: removed" },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_change_that_breaks_readers_is_seen(string id, string change, string said)
    {
        var message = Message.All.Single(one => one.Id == id);
        var (released, changed) = (SchemaWriter.Of(message), SchemaWriter.Of(message));
        var (verb, path) = (change.Split(' ')[0], change.Split(' ')[1].Split('.'));
        var holder = path.Length == 1 ? changed : changed["$defs"]!["TaskView"]!.AsObject();
        Break(holder, verb, path[^1]);

        BreakingChanges.Between(released, released, theyWrite: false).Should().BeEmpty();
        BreakingChanges.Between(released, changed, theyWrite: false).Should().Contain(said);
    }

    [Fact]
    public void Adding_an_optional_field_breaks_nobody_and_requiring_one_breaks_those_who_write()
    {
        var message = Message.All.Single(one => one.Id == "todo.task.created.v1");
        var (released, changed) = (SchemaWriter.Of(message), SchemaWriter.Of(message));
        changed["properties"]!["more"] = new JsonObject { ["type"] = "string" };

        BreakingChanges.Between(released, changed, theyWrite: true).Should().BeEmpty();
        changed["required"]!.AsArray().Add("more");

        BreakingChanges.Between(released, changed, theyWrite: true).Should().Equal("data.more: is required now");
        BreakingChanges.Between(released, changed, theyWrite: false).Should().BeEmpty();
    }

    private static void Break(JsonObject schema, string verb, string field)
    {
        if (verb == "remove")
            schema["properties"]!.AsObject().Remove(field);
        else if (verb == "retype")
            schema["properties"]![field]!["type"] = "string";
        if (verb == "optional")
            schema["required"] = new JsonArray([.. schema["required"]!.AsArray().Where(name => name!.GetValue<string>() != field).Select(name => name!.DeepClone())]);
    }

    private static IReadOnlyList<string> Against(string released, Message message) =>
        BreakingChanges.Between(JsonNode.Parse(released)!.AsObject(), SchemaWriter.Of(message), message.Topic.Use == TopicUse.Write);

    private static void Release()
    {
        Directory.CreateDirectory(Released);
        foreach (var message in Message.All.Where(message => !message.Named.Ours))
            File.WriteAllText(Path.Combine(Released, $"{message.Id}.json"), ContractFiles.Json(SchemaWriter.Of(message)) + "\n");
    }
}
