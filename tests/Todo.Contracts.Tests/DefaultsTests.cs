using System.Text.Json;
using Todo.Contracts.Account;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.Tests;

public sealed class DefaultsTests
{
    /// <summary>Generated readers overwrite the defaults of init-only properties; ours are settable for that reason.</summary>
    [Fact]
    public void What_a_writer_leaves_out_keeps_its_default()
    {
        var request = JsonSerializer.Deserialize("""{"title":"a"}""", ContractsJson.Default.CreateTaskRequest)!;
        var view = JsonSerializer.Deserialize($$"""{"taskId":"{{Guid.Empty}}","ownerId":"{{Guid.Empty}}","title":"a"}""", ContractsJson.Default.TaskView)!;
        var preferences = JsonSerializer.Deserialize("{}", ContractsJson.Default.Preferences)!;

        request.Priority.Should().Be(4);
        view.Should().BeEquivalentTo(new TaskView { TaskId = Guid.Empty, OwnerId = Guid.Empty, Title = "a" });
        view.Labels.Should().BeEmpty();
        preferences.Should().BeEquivalentTo(new Preferences());
    }

    [Fact]
    public void A_patch_knows_what_was_sent_and_what_was_cleared()
    {
        var patch = JsonSerializer.Deserialize("""{"title":"a","due":null}""", ContractsJson.Default.UpdateTaskRequest)!;

        patch.Sent.Should().BeEquivalentTo("title", "due");
        patch.Has("notes").Should().BeFalse();
    }
}
