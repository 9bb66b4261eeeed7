using System.Collections.Concurrent;
using System.Globalization;

namespace Todo.Api.Tests.Edge;

/// <summary>Holds every answer against the reference: a status that it does not list, or a body of another shape, fails the test that got it.</summary>
internal sealed class ContractHandler(ConcurrentDictionary<string, byte> answered) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (Contract.Agreed.Find(request.Method.Method, request.RequestUri!.AbsolutePath) is not { } operation)
            return answer;
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        operation.Check(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), answer.Content.Headers.ContentType?.MediaType, body);
        if (answer.IsSuccessStatusCode)
            answered.TryAdd(operation.Name, 0);
        return answer;
    }
}
