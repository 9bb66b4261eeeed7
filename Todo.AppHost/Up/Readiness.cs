using System.Diagnostics;

namespace Todo.AppHost.Up;

/// <summary>Waits until a program says that it can do its work.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task<string> WaitAsync(string part, string address, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var time = Stopwatch.StartNew();
        var last = "it does not answer";
        while (time.Elapsed < Patience)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{address}/health/ready"), ct);
                if (answer.IsSuccessStatusCode)
                    return address;
                last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}";
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                last = "it does not answer in time";
            }

            await Task.Delay(100, ct);
        }

        throw new HostException($"{part} was not ready after {Patience.TotalSeconds:0} s: {last}");
    }
}
