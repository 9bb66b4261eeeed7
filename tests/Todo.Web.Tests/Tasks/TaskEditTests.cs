using System.Text.Json.Nodes;
using Todo.Contracts.Reminders;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskEditTests
{
    [Fact]
    public void A_patch_says_only_what_changed()
    {
        var task = ATask.Called("Buy milk").Due("2026-11-23");

        var edit = TaskEdit.Between(task, task with { Title = "Buy bread" });

        edit.ToJson().Should().Be("""{"title":"Buy bread"}""");
    }

    [Fact]
    public void Taking_a_date_away_is_sent_as_null()
    {
        var task = ATask.Called("Buy milk").Due("2026-11-23");

        var edit = TaskEdit.Between(task, task with { Due = null });

        JsonNode.Parse(edit.ToJson())!.AsObject().Should().ContainKey("due").WhoseValue.Should().BeNull();
    }

    [Fact]
    public void Lists_with_the_same_entries_are_no_change()
    {
        var reminder = new Reminder(Guid.NewGuid(), MinutesBefore: 10);
        var task = ATask.Called("Call").Reminding(reminder) with { Labels = ["home"] };

        TaskEdit.Between(task, task with { Labels = ["home"], Reminders = [reminder] }).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Applied_to_a_newer_version_it_changes_its_own_fields_only()
    {
        var task = ATask.Called("Buy milk");
        var edit = TaskEdit.Between(task, task with { Priority = 1 });

        var merged = edit.Apply(task with { Title = "Buy bread", Version = 7 });

        merged.Should().BeEquivalentTo(new { Title = "Buy bread", Priority = 1, Version = 7 });
    }

    [Fact]
    public void Undo_puts_back_its_own_fields_and_leaves_what_others_did_since()
    {
        var before = ATask.Called("Buy milk");
        var edit = TaskEdit.Between(before, before with { Priority = 1 });
        var now = before with { Priority = 1, Title = "Buy bread", Version = 9 };

        edit.Back(before, now).Should().BeEquivalentTo(new { Priority = 4, Title = "Buy bread" });
    }
}
