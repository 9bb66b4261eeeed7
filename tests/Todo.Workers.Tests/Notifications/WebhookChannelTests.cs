using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Todo.Contracts.Account;
using Todo.Workers.Notifications;

namespace Todo.Workers.Tests.Notifications;

public class WebhookChannelTests
{
    private readonly AppLinks _links = new(new Uri("http://localhost/"), "a key for tests");
    private readonly Delivery[] _deliveries = [new() { DeliveryId = Guid.CreateVersion7(), Title = "Water the plants" }];

    [Fact]
    public async Task A_webhook_is_signed_over_id_time_and_body()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var recipient = At($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/hook");
        using var http = PublicAddresses.Client(allowPrivate: true);

        var sent = new WebhookChannel(http, _links, TimeProvider.System).SendAsync(recipient, _deliveries, CancellationToken.None);
        var (headers, body) = await AnswerAsync(server);
        await sent;

        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("a key for tests"), Encoding.UTF8.GetBytes($"webhook {recipient.UserId:D}"));
        var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}");
        headers["webhook-signature"].Should().Be("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        JsonDocument.Parse(body).RootElement.GetProperty("data")[0].GetProperty("title").GetString().Should().Be("Water the plants");
    }

    [Theory]
    [InlineData(1, 2)] // an hour after a rotation both sign
    [InlineData(25, 1)]
    public async Task For_a_day_after_a_rotation_the_secret_before_signs_as_well(int hoursAgo, int signatures)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var recipient = At($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/hook");
        (recipient.WebhookGeneration, recipient.WebhookRotatedAt) = (3, DateTimeOffset.UtcNow.AddHours(-hoursAgo));
        using var http = PublicAddresses.Client(allowPrivate: true);

        var sent = new WebhookChannel(http, _links, TimeProvider.System).SendAsync(recipient, _deliveries, CancellationToken.None);
        var (headers, body) = await AnswerAsync(server);
        await sent;

        var signed = $"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}";
        headers["webhook-signature"].Split(' ').Should().Equal(((int[])[3, 2]).Take(signatures)
            .Select(generation => "v1," + WebhookChannel.Sign(WebhookSecret.Key("a key for tests", recipient.UserId, generation), signed)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task An_address_in_a_private_network_is_refused_for_good(string url)
    {
        using var http = PublicAddresses.Client(allowPrivate: false);

        var sending = () => new WebhookChannel(http, _links, TimeProvider.System).SendAsync(At(url), _deliveries, CancellationToken.None);

        (await sending.Should().ThrowAsync<Exception>()).Which.GetBaseException().Should().BeOfType<UndeliverableException>();
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:4700::1111", true)]
    public void Only_addresses_of_the_open_internet_count_as_public(string address, bool isPublic) =>
        PublicAddresses.IsPublic(IPAddress.Parse(address)).Should().Be(isPublic);

    private static Recipient At(string url) =>
        new() { UserId = Guid.CreateVersion7(), Preferences = new Preferences { WebhookUrl = url } };

    private static async Task<(Dictionary<string, string> Headers, string Body)> AnswerAsync(TcpListener server)
    {
        using var client = await server.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await reader.ReadLineAsync();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
        var body = new char[int.Parse(headers["content-length"], null)];
        await reader.ReadBlockAsync(body);
        await stream.WriteAsync("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return (headers, new string(body));
    }
}
