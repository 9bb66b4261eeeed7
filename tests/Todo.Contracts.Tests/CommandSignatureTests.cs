using System.Security.Cryptography;
using System.Text;
using Todo.Contracts.Commands;

namespace Todo.Contracts.Tests;

/// <summary>The vectors of docs/contracts/README.md: whoever writes a signer in another language checks it against them.</summary>
public sealed class CommandSignatureTests
{
    private const string Token = "todo_AQIDBAUGBwgJCgsMDQ4PEAAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    private const string Id = "019ad8c0-7777-7d11-9c3f-0d4f6f1d2a33";
    private const string Source = "/my/program";
    private const string Type = "todo.task.complete.v1";
    private const string Data = """{"taskId":"019ad8c0-1c7e-7b52-8d0e-3f6f0c9b7e21","userId":"019ad8b0-77aa-7c03-a1b2-5e1d2c3b4a59"}""";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_796_113_800);

    [Fact]
    public void The_vector_of_the_page_is_what_we_make() =>
        File.ReadAllText(Path.Combine(Documents.ContractFiles.Folder, "README.md")).Should()
            .Contain(Token).And.Contain(Data).And.Contain(CommandSignature.Sign(Token, Id, Source, Type, Encoding.UTF8.GetBytes(Data), At));

    [Fact]
    public void A_signature_covers_every_part_and_nothing_else()
    {
        var bytes = Encoding.UTF8.GetBytes(Data);
        var hash = SHA256.HashData(Enumerable.Range(0, 32).Select(value => (byte)value).ToArray());

        var signature = CommandSignature.Read(CommandSignature.Sign(Token, Id, Source, Type, bytes, At))!;

        signature.SignedAt.Should().Be(At);
        signature.Covers(hash, Id, Source, Type, bytes).Should().BeTrue();
        signature.Covers(hash, Id + "x", Source, Type, bytes).Should().BeFalse();
        signature.Covers(hash, Id, Source + "x", Type, bytes).Should().BeFalse();
        signature.Covers(hash, Id, Source, "todo.task.delete.v1", bytes).Should().BeFalse();
        signature.Covers(hash, Id, Source, Type, Encoding.UTF8.GetBytes(Data + " ")).Should().BeFalse();
        (signature with { SignedAt = At.AddSeconds(1) }).Covers(hash, Id, Source, Type, bytes).Should().BeFalse();
        signature.Covers(SHA256.HashData(hash), Id, Source, Type, bytes).Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1.a.b.c")]
    [InlineData("v2.AQIDBAUGBwgJCgsMDQ4PEA.1796113800.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("v1.AQIDBAUGBwgJCgsMDQ4PEA.99999999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("v1.AQIDBAUGBwgJCgsMDQ4P!!.1796113800.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_signature_is_read_as_none(string? header) => CommandSignature.Read(header).Should().BeNull();
}
