using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Todo.Workers.Notifications;

/// <summary>Reminders posted to an address of the user's choice, signed in the way of Standard Webhooks: HMAC-SHA256 over id, time and body.</summary>
internal sealed class WebhookChannel(HttpClient http, AppLinks links, TimeProvider clock) : IChannel
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Name => Channels.Webhook;

    public async Task SendAsync(Recipient recipient, IReadOnlyList<Delivery> deliveries, CancellationToken ct)
    {
        if (!Uri.TryCreate(recipient.Preferences.WebhookUrl, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new UndeliverableException("The user has no usable webhook address.");
        var keys = links.WebhookKeys(recipient, clock.GetUtcNow());
        if (keys.Count == 0)
            throw new UndeliverableException("No key signs webhooks (App:SigningKey).");

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Body(deliveries) };
        var (id, time) = (deliveries[0].DeliveryId.ToString("D"), clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time);
        var signed = $"{id}.{time}.{await request.Content!.ReadAsStringAsync(ct)}";
        request.Headers.Add("webhook-signature", string.Join(' ', keys.Select(key => $"v1,{Sign(key, signed)}")));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The address answered {(int)response.StatusCode}.");
    }

    internal static string Sign(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private StringContent Body(IReadOnlyList<Delivery> deliveries)
    {
        var now = clock.GetUtcNow();
        var reminders = deliveries.Select(delivery => new
        {
            delivery.NotificationId,
            delivery.Kind,
            delivery.TaskId,
            delivery.ReminderId,
            delivery.Title,
            delivery.Details,
            delivery.ExpectedAt,
            Late = delivery.IsLate(now),
            Link = links.Task(delivery.TaskId),
        });
        return new StringContent(
            JsonSerializer.Serialize(new { type = "todo.reminders.v1", timestamp = now, data = reminders }, Json),
            Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
    }
}
