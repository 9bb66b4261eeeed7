using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Bus.Envelope;
using Todo.Contracts.Commands;

namespace Todo.Api.Commands;

/// <summary>Finds out for whom a command may act, by its signature. What it says when it refuses is for the one who signed.</summary>
internal sealed class CommandSigner(TodoDbContext db, TimeProvider clock)
{
    private const string Needed = "tasks:write";
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The user whose token signed the command; else why nobody did.</summary>
    public async Task<(Guid? UserId, string? Refusal)> FindAsync(EventEnvelope command, string? header, CancellationToken ct)
    {
        if (header is null)
            return (null, $"The command is not signed: it needs the record header {CommandSignature.Header}.");
        if (CommandSignature.Read(header) is not { } signature)
            return (null, $"The header {CommandSignature.Header} is not of the form v1.TOKENID.SECONDS.MAC.");

        var now = clock.Now();
        if (signature.SignedAt > now + Ahead || signature.SignedAt < now - CommandSignature.Lasts)
            return (null, "The signature is older than a day, or from the future: sign again, with a clock that is right.");
        var tokenId = new Guid(Base64Url.DecodeFromChars(signature.TokenId));
        var token = await db.AccessTokens.AsNoTracking().SingleOrDefaultAsync(t => t.TokenId == tokenId, ct);
        // One answer for a token that is not there and for a MAC that is wrong: who guesses ids learns nothing.
        if (token is null || !signature.Covers(token.SecretHash, command.Id!, command.Source ?? "", command.Type ?? "", command.Data.Span))
            return (null, "The signature does not match: it covers id, source, type and the exact bytes of data, made with a token that is still there.");
        if (now >= token.ExpiresAt)
            return (null, "The token has expired.");
        if (!token.Scopes.Contains(Needed))
            return (null, $"The token lacks the scope {Needed}.");

        if (token.LastUsedAt is not { } last || now - last > TimeSpan.FromHours(1))
            await db.AccessTokens.Where(t => t.TokenId == tokenId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), ct);
        return (token.UserId, null);
    }
}
