using System.Net;
using Bunit;
using Todo.Web.Http;
using Todo.Web.Live;
using Todo.Web.Tasks;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Live;

public sealed class ConnectionStatusTests : PageTest
{
    private readonly Contracts.Tasks.TaskView _milk = ATask.Called("Buy milk");

    public ConnectionStatusTests() => Board.Receive(_milk);

    [Fact]
    public async Task The_browser_asks_before_it_leaves_only_while_an_edit_is_on_its_way()
    {
        Render<ConnectionStatus>();
        Asks.Should().BeEmpty();
        var answer = Server.Hold();

        var editing = Get<TaskActions>().EditAsync(_milk.TaskId, task => task with { Priority = 1 });
        Asks.Should().Equal(true);
        answer.SetResult((HttpStatusCode.NoContent, ""));
        await editing;

        Asks.Should().Equal(true, false);
    }

    [Fact]
    public async Task What_nobody_can_send_any_more_holds_nobody_back()
    {
        var status = Render<ConnectionStatus>();
        Server.Answer = (_, _, _) => throw new HttpRequestException("no way");
        var editing = Get<TaskActions>().EditAsync(_milk.TaskId, task => task with { Priority = 1 });

        await status.InvokeAsync(status.Instance.Dispose);

        Asks.Should().Equal(true, false);
        editing.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task An_edit_without_a_connection_goes_out_again_as_soon_as_there_may_be_one()
    {
        Server.Answer = (_, _, _) => throw new HttpRequestException("no way");
        var editing = Get<TaskActions>().EditAsync(_milk.TaskId, task => task with { Priority = 1 });
        Server.Answer = (_, _, _) => (HttpStatusCode.NoContent, "");

        Get<Patience>().End();
        await editing;

        Server.Keys.Should().HaveCount(2).And.AllBe(Server.Keys[0], "it is the same command");
        Get<Outgoing>().Waiting.Should().Be(0);
    }

    private IEnumerable<bool> Asks => Module.Invocations["askBeforeLeaving"].Select(call => (bool)call.Arguments[0]!);
}
