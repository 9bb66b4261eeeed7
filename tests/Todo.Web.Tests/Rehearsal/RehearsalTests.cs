using Bunit;
using Todo.Web.Rehearsal;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Rehearsal;

public sealed class RehearsalTests : PageTest
{
    [Fact]
    public async Task Every_edit_is_rehearsed_and_the_page_its_browser_and_its_server_hear_nothing_of_it()
    {
        Board.Receive(ATask.Called("Mine", "U1"));
        var (revision, times) = (Board.Revision, 0);

        await Get<Scenes>().PlayAsync(() =>
        {
            times++;
            return Task.CompletedTask;
        });

        times.Should().BeGreaterThan(8, "between any two scenes the page has time for its person");
        Board.Revision.Should().Be(revision);
        Board.Tasks.Should().ContainSingle().Which.Title.Should().Be("Mine");
        Server.Asked.Should().BeEmpty();
        Module.Invocations.Should().BeEmpty();
    }

    [Fact]
    public void Its_controls_are_played_on_once_and_leave_the_page()
    {
        var page = Render<Rehearse>();

        page.WaitForAssertion(() => page.Markup.Trim().Should().BeEmpty());
        Module.VerifyInvoke("rehearse");
    }

    [Fact]
    public void One_that_fails_does_no_harm_to_the_page()
    {
        Module.SetupVoid("idle").SetException(new InvalidOperationException("The browser would not."));

        var page = Render<Rehearse>();

        page.WaitForAssertion(() => page.Markup.Trim().Should().BeEmpty());
        Module.VerifyNotInvoke("rehearse");
    }
}
