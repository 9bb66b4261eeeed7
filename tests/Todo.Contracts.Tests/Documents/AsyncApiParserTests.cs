using System.Diagnostics;

namespace Todo.Contracts.Tests.Documents;

/// <summary>AsyncAPI's own parser reads our document. It is a program for node: without node or the registry the test says that it did not run.</summary>
public sealed class AsyncApiParserTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const string Program =
        """
        const { Parser } = require('@asyncapi/parser');
        const { readFileSync } = require('fs');
        (async () => {
          for (const file of process.argv.slice(2)) {
            const { document, diagnostics } = await new Parser().parse(readFileSync(file, 'utf8'));
            for (const said of diagnostics.filter(d => d.severity <= 1))
              console.log(`${file}: ${said.severity === 0 ? 'error' : 'warning'}: ${said.path.join('/')}: ${said.message}`);
            if (!document) { process.exitCode = 1; continue; }
            console.log(`${file}: ${document.allMessages().length} messages`);
          }
        })();
        """;

    [Fact]
    public async Task The_parser_of_AsyncAPI_takes_the_document_without_an_error()
    {
        Assert.SkipUnless(await CanRunAsync("node", "--version") && await CanRunAsync("npm", "--version"), "node and npm are not installed: AsyncAPI's parser did not run.");
        var folder = Path.Combine(AppContext.BaseDirectory, "asyncapi-parser");
        Directory.CreateDirectory(folder);
        if (!File.Exists(Path.Combine(folder, "node_modules", "@asyncapi", "parser", "package.json")))
        {
            var (installed, said) = await RunAsync(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, "@asyncapi/parser@3");
            Assert.SkipUnless(installed, $"AsyncAPI's parser could not be installed, so it did not run: {said}");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "parse.js"), Program);
        var (accepted, found) = await RunAsync(folder, "node", "parse.js",
            Path.Combine(ContractFiles.Folder, "asyncapi.json"), Path.Combine(ContractFiles.Folder, "asyncapi.yaml"));

        accepted.Should().BeTrue(found);
        found.Should().NotContain(": error:").And.Contain($"asyncapi.json: {Message.All.Count} messages").And.Contain($"asyncapi.yaml: {Message.All.Count} messages");
    }

    private static async Task<bool> CanRunAsync(string program, string argument)
    {
        try
        {
            return (await RunAsync(AppContext.BaseDirectory, program, argument)).Succeeded;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(bool Succeeded, string Said)> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode == 0, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (false, $"{program} took longer than {Patience.TotalMinutes:0} minutes.");
        }
    }
}
