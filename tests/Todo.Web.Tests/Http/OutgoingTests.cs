using Bunit;
using Todo.Web.Http;

namespace Todo.Web.Tests.Http;

public sealed class OutgoingTests : PageTest
{
    [Fact]
    public async Task An_edit_goes_out_when_the_page_shows_it()
    {
        var painted = Module.SetupVoid("painted");
        var sent = false;
        var sending = Get<Outgoing>().SendAsync(() =>
        {
            sent = true;
            return Task.FromResult<Problem?>(null);
        });
        sent.Should().BeFalse();
        Get<Outgoing>().Waiting.Should().Be(1);

        painted.SetVoidResult();
        await sending;

        sent.Should().BeTrue();
        Get<Outgoing>().Waiting.Should().Be(0);
    }
}
