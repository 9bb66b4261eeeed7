using System.Text.Json.Nodes;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Live;

namespace Todo.Web.Projects;

/// <summary>The person's projects and their sections: few, so they are read whole, and read again when somebody changed them.</summary>
public sealed class ProjectBoard
{
    private readonly Api _api;
    private readonly TimeProvider _time;
    private readonly SmallList<ProjectView> _list;
    private List<ProjectView> _projects = [];
    private Dictionary<Guid, ProjectView> _byId = [];

    public ProjectBoard(Api api, Outgoing outgoing, Toasts toasts, TimeProvider time)
    {
        (_api, _time) = (api, time);
        _list = new(outgoing, toasts, async () => (await api.GetAsync<ProjectList>("projects")).Value?.Items, Show);
    }

    public event Action? Changed;

    /// <summary>Counts the changes, so that a row knows whether its project still looks as it drew it.</summary>
    public long Revision { get; private set; }

    /// <summary>Those in use, in their order.</summary>
    public IEnumerable<ProjectView> Open => _projects.Where(project => !project.Archived).OrderBy(project => project.Order, StringComparer.Ordinal);

    /// <summary>Those put away, by name.</summary>
    public IEnumerable<ProjectView> Archived => _projects.Where(project => project.Archived).OrderBy(project => project.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Those in use as they lie in one another, with how deep; one whose parent is put away stands at the top.</summary>
    public IEnumerable<(ProjectView Project, int Depth)> Nested()
    {
        var open = Open.ToList();
        var here = open.Select(project => project.ProjectId).ToHashSet();
        var within = open.ToLookup(project => project.ParentId is { } parent && here.Contains(parent) ? parent : Guid.Empty);
        return Below(Guid.Empty, 0);

        IEnumerable<(ProjectView, int)> Below(Guid parent, int depth) =>
            within[parent].SelectMany(project => Below(project.ProjectId, depth + 1).Prepend((project, depth)));
    }

    public ProjectView? Find(Guid? projectId) => projectId is { } id ? _byId.GetValueOrDefault(id) : null;

    public ProjectView? Named(string name) => Open.FirstOrDefault(project => project.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    public Task LoadAsync() => _list.LoadAsync();

    /// <summary>Makes a project; its id is ours, so that tasks can go into it at once.</summary>
    public Guid Add(string name)
    {
        var project = new ProjectView { ProjectId = Guid.CreateVersion7(), Name = name.Trim(), Order = OrderKey.Last(_time.GetUtcNow()) };
        _ = SendAsync(projects => [.. projects.Where(other => other.ProjectId != project.ProjectId), project], HttpMethod.Post, "projects", new JsonObject { ["projectId"] = project.ProjectId, ["name"] = project.Name });
        return project.ProjectId;
    }

    /// <summary>Makes a project with its sections as they are given, ids and all; false where the server would not have it.</summary>
    public async Task<bool> AddAsync(ProjectView project)
    {
        var bare = project with { Sections = [] };
        var made = await SendAsync(projects => [.. projects.Where(other => other.ProjectId != project.ProjectId), bare], HttpMethod.Post, "projects", new JsonObject
        {
            ["projectId"] = project.ProjectId,
            ["name"] = project.Name,
            ["colour"] = project.Colour,
            ["parentId"] = project.ParentId,
            ["order"] = project.Order,
        });
        return made && (await Task.WhenAll(project.Sections.Select(section => AddAsync(project, section)))).All(ok => ok);
    }

    public Task RenameAsync(ProjectView project, string name) => PatchAsync(project, p => p with { Name = name.Trim() }, new() { ["name"] = name.Trim() });

    public Task PaintAsync(ProjectView project, string? colour) => PatchAsync(project, p => p with { Colour = colour }, new() { ["colour"] = colour });

    public Task FavourAsync(ProjectView project) => PatchAsync(project, p => p with { Favourite = !project.Favourite }, new() { ["favourite"] = !project.Favourite });

    /// <summary>Puts it away with its open tasks, or brings both back.</summary>
    public Task ArchiveAsync(ProjectView project, bool away = true) => PatchAsync(project, p => p with { Archived = away }, new() { ["archived"] = away });

    /// <summary>Lays it into another project, or out of all.</summary>
    public Task NestAsync(ProjectView project, Guid? parent) => PatchAsync(project, p => p with { ParentId = parent }, new() { ["parentId"] = parent });

    /// <summary>Moves it among those that lie where it lies.</summary>
    public Task MoveAsync(ProjectView project, int step)
    {
        var siblings = Open.Where(other => other.ParentId == project.ParentId).ToList();
        var order = OrderBeside(siblings.ConvertAll(other => other.Order), siblings.FindIndex(other => other.ProjectId == project.ProjectId), step);
        return order is null ? Task.CompletedTask : PatchAsync(project, p => p with { Order = order }, new() { ["order"] = order });
    }

    public Task DeleteAsync(ProjectView project) =>
        SendAsync(projects => [.. projects.Where(other => other.ProjectId != project.ProjectId)], HttpMethod.Delete, $"projects/{project.ProjectId}", null);

    /// <summary>Where a project and its section are that somebody named; what is not there is made.</summary>
    public (Guid Project, Guid? Section) PlaceNamed(string name, string? section)
    {
        var project = Named(name)?.ProjectId ?? Add(name);
        if (section is null || Find(project) is not { } home)
            return (project, null);
        var known = home.Sections.FirstOrDefault(other => other.Name.Equals(section, StringComparison.OrdinalIgnoreCase));
        return (project, known?.SectionId ?? AddSection(home, section));
    }

    public Guid AddSection(ProjectView project, string name)
    {
        var section = new SectionView(Guid.CreateVersion7(), name.Trim(), OrderKey.Last(_time.GetUtcNow()));
        _ = AddAsync(project, section);
        return section.SectionId;
    }

    public Task<bool> AddAsync(ProjectView project, SectionView section) => SendAsync(
        Sections(project, all => [.. all.Where(s => s.SectionId != section.SectionId), section]), HttpMethod.Post, $"projects/{project.ProjectId}/sections",
        new JsonObject { ["sectionId"] = section.SectionId, ["name"] = section.Name, ["order"] = section.Order });

    /// <summary>Takes a section to another project, to its end or to a place in it; its tasks go along, which is shown and said elsewhere.</summary>
    public Task<bool> MoveSectionAsync(ProjectView from, SectionView section, ProjectView to, string commandId)
    {
        var leave = Sections(from, all => all.Where(s => s.SectionId != section.SectionId));
        var arrive = Sections(to, all => [.. all.Where(s => s.SectionId != section.SectionId), section]);
        return SendAsync(
            projects => arrive(leave(projects)), HttpMethod.Patch, $"projects/{from.ProjectId}/sections/{section.SectionId}",
            new JsonObject { ["projectId"] = to.ProjectId, ["order"] = section.Order }, commandId);
    }

    public Task RenameSectionAsync(ProjectView project, SectionView section, string name) => SendAsync(
        Sections(project, all => all.Select(s => s.SectionId == section.SectionId ? s with { Name = name.Trim() } : s)),
        HttpMethod.Patch, $"projects/{project.ProjectId}/sections/{section.SectionId}", new JsonObject { ["name"] = name.Trim() });

    public Task MoveSectionAsync(ProjectView project, SectionView section, int step)
    {
        var all = project.Sections.OrderBy(other => other.Order, StringComparer.Ordinal).ToList();
        if (OrderBeside(all.ConvertAll(other => other.Order), all.FindIndex(other => other.SectionId == section.SectionId), step) is not { } order)
            return Task.CompletedTask;
        return SendAsync(
            Sections(project, all => all.Select(s => s.SectionId == section.SectionId ? s with { Order = order } : s)),
            HttpMethod.Patch, $"projects/{project.ProjectId}/sections/{section.SectionId}", new JsonObject { ["order"] = order });
    }

    public Task DeleteSectionAsync(ProjectView project, SectionView section) => SendAsync(
        Sections(project, all => all.Where(s => s.SectionId != section.SectionId)),
        HttpMethod.Delete, $"projects/{project.ProjectId}/sections/{section.SectionId}", null);

    public void Clear() => _list.Clear();

    private Task<bool> PatchAsync(ProjectView project, Func<ProjectView, ProjectView> change, JsonObject patch) =>
        SendAsync(Changing(project, change), HttpMethod.Patch, $"projects/{project.ProjectId}", patch);

    // The place a step up or down leads to; null at the end of the list, and between two of one rank.
    private static string? OrderBeside(List<string> orders, int from, int step)
    {
        var to = from + step;
        if (from < 0 || to < 0 || to >= orders.Count)
            return null;
        orders.RemoveAt(from);
        var (above, below) = (to == 0 ? null : orders[to - 1], to == orders.Count ? null : orders[to]);
        return above is not null && below is not null && string.CompareOrdinal(above, below) >= 0 ? null : OrderKey.Between(above, below);
    }

    private static Func<List<ProjectView>, List<ProjectView>> Changing(ProjectView which, Func<ProjectView, ProjectView> change) =>
        projects => projects.ConvertAll(project => project.ProjectId == which.ProjectId ? change(project) : project);

    private static Func<List<ProjectView>, List<ProjectView>> Sections(ProjectView which, Func<IEnumerable<SectionView>, IEnumerable<SectionView>> change) =>
        Changing(which, project => project with { Sections = [.. change(project.Sections)] });

    private Task<bool> SendAsync(Func<List<ProjectView>, List<ProjectView>> edit, HttpMethod method, string path, JsonObject? body, string? command = null)
    {
        command ??= Guid.NewGuid().ToString();
        return _list.EditAsync(edit, () => _api.SendAsync(method, path, body?.ToJsonString(), command));
    }

    private void Show(List<ProjectView> projects)
    {
        (_projects, _byId) = (projects, projects.ToDictionary(project => project.ProjectId));
        Revision++;
        Changed?.Invoke();
    }
}

internal static class ProjectServices
{
    public static IServiceCollection AddProjects(this IServiceCollection services) => services.AddSingleton<ProjectBoard>().AddSingleton<ProjectCopies>().AddSingleton<SectionMoves>();
}
