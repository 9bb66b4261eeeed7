using System.Net;
using Microsoft.JSInterop;

namespace Todo.Web.Http;

/// <summary>
/// Gives the answers to what wwwroot/js/early.js asked while the runtime was on its way: each once, and none after a write, since from
/// then on the server knows more.
/// </summary>
internal sealed class EarlyAnswers(IJSRuntime js) : DelegatingHandler
{
    private bool _over;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _over |= request.Method != HttpMethod.Get;
        if (!_over && await js.InvokeAsync<byte[]?>("early.take", cancellationToken, PathOf(request)) is { Length: > 0 } body)
            return new(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(body) };
        return await base.SendAsync(request, cancellationToken);
    }

    private static string PathOf(HttpRequestMessage request) => request.RequestUri!.PathAndQuery.Split("/api/v1/", 2)[^1];
}
