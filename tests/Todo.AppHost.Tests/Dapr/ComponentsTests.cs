using Todo.AppHost.Dapr;

namespace Todo.AppHost.Tests.Dapr;

public sealed class ComponentsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("todobus-components-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_type_the_sidecar_does_not_know_is_named_with_its_file()
    {
        Write("cache.yaml", "state.redis", "v1");

        var loading = () => Components.LoadAsync(_folder, _folder, TestContext.Current.CancellationToken);

        (await loading.Should().ThrowAsync<HostException>()).Which.Message.Should().Contain("cache.yaml").And.Contain("state.redis");
    }

    [Fact]
    public async Task The_old_version_of_the_Postgres_store_is_refused()
    {
        Write("state.yaml", "state.postgresql", "v1");

        var loading = () => Components.LoadAsync(_folder, _folder, TestContext.Current.CancellationToken);

        (await loading.Should().ThrowAsync<HostException>()).Which.Message.Should().Contain("version v1");
    }

    [Fact]
    public async Task A_secret_that_is_not_in_the_store_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "secrets.json"), "{}", TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(Repository.LocalComponents, "secrets.yaml"), Path.Combine(_folder, "a.yaml"));
        File.Copy(Path.Combine(Repository.LocalComponents, "state.yaml"), Path.Combine(_folder, "b.yaml"));

        var loading = () => Components.LoadAsync(_folder, _folder, TestContext.Current.CancellationToken);

        (await loading.Should().ThrowAsync<HostException>()).Which.Message.Should().Contain("state-connection-string");
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("500ms", 0.5)]
    public void A_duration_reads_as_Go_writes_it(string text, double seconds) =>
        GoDuration.Parse(text).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("soon")]
    [InlineData("5")]
    [InlineData("5 m")]
    public void What_is_no_duration_is_not_guessed(string text) =>
        GoDuration.Parse(text).Should().BeNull();

    private void Write(string file, string type, string version) =>
        File.WriteAllText(
            Path.Combine(_folder, file),
            $"""
             apiVersion: dapr.io/v1alpha1
             kind: Component
             metadata:
               name: some-name
             spec:
               type: {type}
               version: {version}
             """);
}
