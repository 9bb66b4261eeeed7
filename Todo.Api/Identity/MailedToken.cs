using System.Buffers.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Todo.Api.Identity;

/// <summary>A token of ASP.NET Identity together with the account it is for, in letters that a link carries unchanged.</summary>
internal static class MailedToken
{
    private const int Longest = 1000;
    private const int IdLength = 16;

    public static string Write(Guid userId, string token) => Base64Url.EncodeToString([.. userId.ToByteArray(), .. Convert.FromBase64String(token)]);

    /// <summary>Takes the text apart; false for what is not one of ours.</summary>
    public static bool TryRead(string? text, out Guid userId, out string token)
    {
        (userId, token) = (Guid.Empty, "");
        if (text is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(text))
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= IdLength)
            return false;
        (userId, token) = (new Guid(bytes.AsSpan(0, IdLength)), Convert.ToBase64String(bytes.AsSpan(IdLength)));
        return true;
    }
}

/// <summary>Makes and checks the tokens that let somebody choose a new password; sooner over than those that confirm an address.</summary>
internal sealed class ResetTokens(IDataProtectionProvider protection, IOptions<ResetTokenOptions> options, ILogger<DataProtectorTokenProvider<TodoUser>> log)
    : DataProtectorTokenProvider<TodoUser>(protection, options, log)
{
    public const string Provider = "reset";
}

internal sealed class ResetTokenOptions : DataProtectionTokenProviderOptions
{
    public ResetTokenOptions() => (Name, TokenLifespan) = (ResetTokens.Provider, TimeSpan.FromHours(1));
}
