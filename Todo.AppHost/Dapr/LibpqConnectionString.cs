using System.Globalization;
using System.Text;
using Npgsql;

namespace Todo.AppHost.Dapr;

/// <summary>Connection strings as libpq and Dapr write them (<c>host=… user=…</c> or <c>postgres://…</c>), and as Npgsql does.</summary>
internal static class LibpqConnectionString
{
    /// <summary>The same server, user and database in libpq's words. Settings that only Npgsql has are left out.</summary>
    public static string FromNpgsql(string connectionString)
    {
        var npgsql = new NpgsqlConnectionStringBuilder(connectionString);
        var words = new List<(string Name, string? Value)>
        {
            ("host", npgsql.Host),
            ("port", npgsql.Port.ToString(CultureInfo.InvariantCulture)),
            ("user", npgsql.Username),
            ("password", npgsql.Password),
            ("dbname", npgsql.Database),
            ("sslmode", npgsql.SslMode switch
            {
                SslMode.Disable => "disable",
                SslMode.Allow => "allow",
                SslMode.Require => "require",
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                _ => "prefer",
            }),
            ("sslrootcert", npgsql.RootCertificate),
        };

        return string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word.Value)).Select(word => $"{word.Name}={Quote(word.Value!)}"));
    }

    public static string ToNpgsql(string text)
    {
        var words = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
            ? FromUrl(text)
            : FromDsn(text);

        var npgsql = new NpgsqlConnectionStringBuilder();
        foreach (var (name, value) in words)
            Apply(npgsql, name, value);
        return npgsql.ConnectionString;
    }

    private static void Apply(NpgsqlConnectionStringBuilder npgsql, string name, string value)
    {
        switch (name)
        {
            case "host" or "hostaddr":
                npgsql.Host = value;
                break;
            case "port":
                npgsql.Port = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "user":
                npgsql.Username = value;
                break;
            case "password":
                npgsql.Password = value;
                break;
            case "dbname" or "database":
                npgsql.Database = value;
                break;
            case "sslmode":
                npgsql.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
                break;
            case "sslrootcert":
                npgsql.RootCertificate = value;
                break;
            case "connect_timeout":
                npgsql.Timeout = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "application_name":
                npgsql.ApplicationName = value;
                break;
            // The pool of the Go driver that daprd uses; ours has its own.
            case var pool when pool.StartsWith("pool_", StringComparison.Ordinal):
                break;
            default:
                throw new FormatException($"{name} is not a setting it may have");
        }
    }

    private static IEnumerable<(string, string)> FromUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            throw new FormatException("the URL cannot be read");

        if (url.Host.Length > 0)
            yield return ("host", url.Host.Trim('[', ']'));
        if (url.Port > 0)
            yield return ("port", url.Port.ToString(CultureInfo.InvariantCulture));

        var login = url.UserInfo.Split(':', 2);
        if (login[0].Length > 0)
            yield return ("user", Uri.UnescapeDataString(login[0]));
        if (login.Length == 2)
            yield return ("password", Uri.UnescapeDataString(login[1]));
        if (url.AbsolutePath.Length > 1)
            yield return ("dbname", Uri.UnescapeDataString(url.AbsolutePath[1..]));

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
            yield return (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""));
    }

    // name=value name='a value with \' and \\'
    private static IEnumerable<(string, string)> FromDsn(string text)
    {
        var at = 0;
        while (true)
        {
            SkipSpace();
            if (at == text.Length)
                yield break;

            var equals = text.IndexOf('=', at);
            if (equals < 0)
                throw new FormatException($"no = after {text[at..].Trim().Split(' ')[0]}");
            var name = text[at..equals].Trim();
            at = equals + 1;
            SkipSpace();
            yield return (name, Value());
        }

        void SkipSpace()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
        }

        string Value()
        {
            var value = new StringBuilder();
            var quoted = at < text.Length && text[at] == '\'';
            if (quoted)
                at++;

            for (; at < text.Length; at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length)
                    value.Append(text[++at]);
                else if (quoted && text[at] == '\'')
                    break;
                else if (!quoted && char.IsWhiteSpace(text[at]))
                    return value.ToString();
                else
                    value.Append(text[at]);
            }

            if (quoted && at++ >= text.Length)
                throw new FormatException("a quote is not closed");
            return value.ToString();
        }
    }

    private static string Quote(string value) =>
        value.Any(c => char.IsWhiteSpace(c) || c is '\'' or '\\')
            ? "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'"
            : value;
}
