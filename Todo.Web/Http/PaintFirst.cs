using Todo.Web.Layout;

namespace Todo.Web.Http;

/// <summary>Holds a write back until the page shows what it does: a person waits for the frame, nobody for the request.</summary>
internal sealed class PaintFirst(Browser browser) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get)
            await browser.PaintedAsync();
        return await base.SendAsync(request, cancellationToken);
    }
}
