using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

/// <summary>A task put beside another one is given what brings it there, and no more.</summary>
public sealed class TaskNeighbourTests : PageTest
{
    private readonly TaskView _dentist = ATask.Called("Dentist", "U1").Due("2026-11-25") with { Priority = 2, Labels = ["health"], SectionId = Guid.NewGuid(), ProjectId = Guid.NewGuid() };

    [Theory]
    [InlineData("inbox", Grouping.None, false, false, false)]
    [InlineData("projects/1", Grouping.None, false, false, false)]
    [InlineData("projects/1", Grouping.Date, true, false, false)]
    [InlineData("projects/1", Grouping.Priority, false, true, false)]
    [InlineData("projects/1", Grouping.Label, false, false, true)]
    [InlineData("today", Grouping.None, true, false, false)]
    [InlineData("labels/health", Grouping.None, true, false, true)]
    [InlineData("filters/1", Grouping.None, true, true, true)]
    public void It_takes_what_the_page_and_its_groups_ask_for(string place, Grouping group, bool day, bool priority, bool labels)
    {
        var seed = TaskNeighbour.Seed(_dentist, place, new(group), Get<UserClock>());

        seed.Should().BeEquivalentTo(new { _dentist.ProjectId, _dentist.SectionId, Priority = priority ? 2 : 4 });
        seed.Due.Should().Be(day ? new Due(new(2026, 11, 25)) : null);
        seed.Labels.Should().Equal(labels ? ["health"] : Array.Empty<string>());
    }

    [Fact]
    public void Nothing_new_is_overdue()
    {
        TaskNeighbour.Seed(_dentist.Due("2026-11-01"), "today", ViewChoice.Usual, Get<UserClock>()).Due.Should().Be(new Due(new(2026, 11, 23)));
    }
}
