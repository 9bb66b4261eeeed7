using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;

namespace Todo.Api.Tests.Edge;

/// <summary>What is nobody's business outside the machine, or outside the process.</summary>
public sealed class InsideTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_and_numbers_answer_the_machine_and_nobody_else(string path)
    {
        (await FromAsync(path, IPAddress.Loopback)).Should().NotBe(404);
        (await FromAsync(path, IPAddress.Parse("203.0.113.7"))).Should().Be(404);
    }

    [Fact]
    public async Task Keys_of_cookies_are_sealed_where_they_are_kept()
    {
        await api.SomebodyAsync(); // somebody's cookie needs a key

        var keys = await api.InStorageAsync(db => db.DataProtectionKeys.Select(key => key.Xml).ToListAsync());

        keys.Should().NotBeEmpty().And.OnlyContain(xml => xml!.Contains("EncryptedData") && !xml.Contains("<masterKey"));
    }

    internal static string NewCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12));
    }

    private async Task<int> FromAsync(string path, IPAddress address) => (await api.Api.Server.SendAsync(http =>
    {
        http.Request.Method = "GET";
        http.Request.Path = path;
        http.Request.Host = new("localhost");
        http.Connection.RemoteIpAddress = address;
    })).Response.StatusCode;
}
