using Npgsql;
using Todo.AppHost.Dapr;

namespace Todo.AppHost.Tests.Dapr;

public sealed class LibpqConnectionStringTests
{
    [Theory]
    [InlineData("host=db.example port=5433 user=todo password=secret dbname=todo sslmode=verify-full")]
    [InlineData("postgres://todo:secret@db.example:5433/todo?sslmode=verify-full")]
    [InlineData("  host = db.example port='5433' user=todo password=secret database=todo sslmode=verify-full pool_max_conns=3")]
    public void A_DSN_and_a_URL_say_the_same(string text)
    {
        var npgsql = new NpgsqlConnectionStringBuilder(LibpqConnectionString.ToNpgsql(text));

        npgsql.Should().BeEquivalentTo(new { Host = "db.example", Port = 5433, Username = "todo", Password = "secret", Database = "todo", SslMode = SslMode.VerifyFull });
    }

    [Theory]
    [InlineData("simple")]
    [InlineData("with space")]
    [InlineData(@"quote ' and \ backslash")]
    [InlineData("p@ss:w/rd?&=")]
    public void A_password_of_any_letters_survives_there_and_back(string password)
    {
        var before = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = 5, Username = "u", Password = password, Database = "d" };

        var after = new NpgsqlConnectionStringBuilder(LibpqConnectionString.ToNpgsql(LibpqConnectionString.FromNpgsql(before.ConnectionString)));

        after.Password.Should().Be(password);
        after.Host.Should().Be("127.0.0.1");
    }

    [Theory]
    [InlineData("host")]
    [InlineData("host='open")]
    [InlineData("colour=red")]
    public void What_cannot_be_read_is_refused(string text)
    {
        var reading = () => LibpqConnectionString.ToNpgsql(text);

        reading.Should().Throw<FormatException>();
    }
}
