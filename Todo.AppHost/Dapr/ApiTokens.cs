using System.Security.Cryptography;
using System.Text;

namespace Todo.AppHost.Dapr;

/// <summary>A token for each app; with it a call proves that it may be made and says whose keys it means.</summary>
internal sealed class ApiTokens(IReadOnlyDictionary<string, string> tokenByApp)
{
    public string this[string app] => tokenByApp[app];

    public static ApiTokens For(params IEnumerable<string> apps) =>
        new(apps.ToDictionary(app => app, _ => RandomNumberGenerator.GetHexString(40, lowercase: true)));

    public string? AppOf(string? token)
    {
        if (token is null)
            return null;

        var bytes = Encoding.UTF8.GetBytes(token);
        return tokenByApp.FirstOrDefault(pair => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(pair.Value), bytes)).Key;
    }
}
