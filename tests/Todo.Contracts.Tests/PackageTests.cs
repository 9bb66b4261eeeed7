using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Todo.Contracts.Tests.Documents;

namespace Todo.Contracts.Tests;

/// <summary>The contracts as a package, made from what the tests were built with.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("todo-contracts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_package_brings_its_words_their_documentation_a_page_its_licence_and_its_symbols()
    {
        await PackAsync();

        using var package = Open("*.nupkg");
        package.Entries.Select(entry => entry.FullName).Should().Contain(["README.md", "lib/net10.0/Todo.Contracts.dll", "lib/net10.0/Todo.Contracts.xml"]);
        var about = await ReadAsync(package, "Todo.Contracts.nuspec");
        Value(about, "license").Should().Be("MIT");
        Value(about, "readme").Should().Be("README.md");
        about.Descendants().Where(element => element.Name.LocalName == "dependency").Should().BeEmpty("it leans on nothing");
        var documentation = await ReadAsync(package, "lib/net10.0/Todo.Contracts.xml");
        documentation.Descendants("member").Select(member => (string?)member.Attribute("name")).Should().Contain("T:Todo.Contracts.Tasks.TaskCompleted");
        using var symbols = Open("*.snupkg");
        symbols.Entries.Select(entry => entry.FullName).Should().Contain("lib/net10.0/Todo.Contracts.pdb");
    }

    private async Task PackAsync()
    {
        var project = Path.Combine(ContractFiles.Folder, "..", "..", "Todo.Contracts");
        var built = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["pack", project, "-c", built, "--no-build", "-o", _folder, "--nologo"]) { RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var said = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.Should().Be(0, said);
    }

    private ZipArchive Open(string pattern) => ZipFile.OpenRead(Directory.GetFiles(_folder, pattern).Should().ContainSingle().Subject);

    private static async Task<XDocument> ReadAsync(ZipArchive package, string entry)
    {
        await using var content = package.GetEntry(entry)!.Open();
        return await XDocument.LoadAsync(content, LoadOptions.None, CancellationToken.None);
    }

    private static string? Value(XDocument about, string name) => about.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
}
