using System.Net;
using System.Text;

namespace Todo.Api.Tests.Edge;

/// <summary>Who is counted as one, and who is believed about where a request comes from.</summary>
public sealed class RateLimitsTests(RateLimitsTests.NarrowDoor api) : IClassFixture<RateLimitsTests.NarrowDoor>
{
    private const string Proxy = "10.1.2.3";

    [Fact]
    public async Task A_network_of_ipv6_knocks_as_one()
    {
        for (var i = 1; i <= NarrowDoor.Knocks; i++)
            (await KnockAsync($"2001:db8:1:2::{i}")).Should().NotBe(429);

        (await KnockAsync("2001:db8:1:2:ffff::1")).Should().Be(429);
        (await KnockAsync("2001:db8:1:3::1")).Should().NotBe(429);
    }

    [Fact]
    public async Task An_address_is_the_same_written_in_either_way()
    {
        for (var i = 1; i <= NarrowDoor.Knocks; i++)
            (await KnockAsync("::ffff:198.51.100.20")).Should().NotBe(429);

        (await KnockAsync("198.51.100.20")).Should().Be(429);
    }

    [Fact]
    public async Task A_stranger_is_not_believed_about_who_asks()
    {
        for (var i = 1; i <= NarrowDoor.Knocks; i++)
            (await KnockAsync("203.0.113.7", $"198.51.100.{100 + i}")).Should().NotBe(429);

        (await KnockAsync("203.0.113.7", "198.51.100.200")).Should().Be(429);
    }

    [Fact]
    public async Task Our_proxies_are_believed_however_many_stand_in_a_row_and_no_further()
    {
        for (var i = 1; i <= NarrowDoor.Knocks; i++)
            (await KnockAsync(Proxy, $"192.0.2.{i}, 198.51.100.9, 10.9.9.9")).Should().NotBe(429, "what stands before the first we do not know is that one's word");

        (await KnockAsync(Proxy, "198.51.100.9")).Should().Be(429);
        (await KnockAsync(Proxy, "198.51.100.10")).Should().NotBe(429);
    }

    private async Task<int> KnockAsync(string from, string? forwardedFor = null) => (await api.Api.Server.SendAsync(http =>
    {
        http.Request.Method = "POST";
        http.Request.Path = "/api/v1/account/sign-in";
        http.Request.Host = new("localhost");
        http.Request.ContentType = "application/json";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes("{}"));
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        if (forwardedFor is not null)
            http.Request.Headers["X-Forwarded-For"] = forwardedFor;
    })).Response.StatusCode;

    public sealed class NarrowDoor : ApiFixture
    {
        public const int Knocks = 3;

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Limits:SignInsPerMinute"] = $"{Knocks}",
            ["Proxies:Networks"] = "10.0.0.0/8",
        };
    }
}
