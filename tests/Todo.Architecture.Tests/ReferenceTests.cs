using System.Xml.Linq;

namespace Todo.Architecture.Tests;

/// <summary>Who may know whom: five arrows, all pointing down.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Todo.Contracts"] = [],
        ["Todo.Bus"] = [],
        ["Todo.Api"] = ["Todo.Contracts", "Todo.Bus"],
        ["Todo.Workers"] = ["Todo.Contracts", "Todo.Bus"],
        ["Todo.Web"] = ["Todo.Contracts"],
        ["Todo.AppHost"] = [],
    };

    public static TheoryData<string> Products => [.. Repository.Products];

    [Theory]
    [MemberData(nameof(Products))]
    public void A_project_references_what_its_arrows_say_and_nothing_else(string project) =>
        Repository.ProjectReferences(Repository.Project(project)).Should().BeEquivalentTo(Arrows[project]);

    [Fact]
    public void Contracts_lean_on_no_package() =>
        Repository.PackageReferences(Repository.Project("Todo.Contracts")).Should().BeEmpty();

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "TodoBus.sln"));

        var missing = Repository.ProjectFiles().Where(file => !solution.Contains(Path.GetFileName(file), StringComparison.Ordinal));

        missing.Should().BeEmpty();
    }

    [Fact]
    public void A_reference_against_the_arrows_would_be_found()
    {
        var project = XDocument.Parse(
            """
            <Project>
              <ItemGroup Condition="true"><ProjectReference Include="..\Todo.Api\Todo.Api.csproj" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);

        Repository.ProjectReferences(project).Should().Equal("Todo.Api");
    }
}
