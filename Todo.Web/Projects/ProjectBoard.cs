using System.Text.Json.Nodes;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Projects;

/// <summary>The person's projects and their sections: few, so they are read whole, and read again when somebody changed them.</summary>
public sealed class ProjectBoard(Api api, TaskBoard tasks, Toasts toasts, TimeProvider time)
{
    private List<ProjectView> _projects = [];
    private Dictionary<Guid, ProjectView> _byId = [];

    public event Action? Changed;

    /// <summary>Those in use, in their order.</summary>
    public IEnumerable<ProjectView> Open => _projects.Where(project => !project.Archived).OrderBy(project => project.Order, StringComparer.Ordinal);

    public ProjectView? Find(Guid? projectId) => projectId is { } id ? _byId.GetValueOrDefault(id) : null;

    public ProjectView? Named(string name) => Open.FirstOrDefault(project => project.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    public int CountOf(Guid projectId) => tasks.Tasks.Count(task => task.ProjectId == projectId && TaskLists.IsOpen(task));

    public async Task LoadAsync()
    {
        if ((await api.GetAsync<ProjectList>("projects")).Value is { } list)
            Show([.. list.Items]);
    }

    /// <summary>Makes a project; its id is ours, so that tasks can go into it at once.</summary>
    public async Task<Guid> AddAsync(string name)
    {
        var project = new ProjectView { ProjectId = Guid.CreateVersion7(), Name = name.Trim(), Order = OrderKey.Last(time.GetUtcNow()) };
        await SendAsync([.. _projects, project], HttpMethod.Post, "projects", new JsonObject { ["projectId"] = project.ProjectId, ["name"] = project.Name });
        return project.ProjectId;
    }

    public Task RenameAsync(ProjectView project, string name) => PatchAsync(project with { Name = name.Trim() }, new() { ["name"] = name.Trim() });

    public Task PaintAsync(ProjectView project, string? colour) => PatchAsync(project with { Colour = colour }, new() { ["colour"] = colour });

    public Task FavourAsync(ProjectView project) => PatchAsync(project with { Favourite = !project.Favourite }, new() { ["favourite"] = !project.Favourite });

    public Task ArchiveAsync(ProjectView project) => PatchAsync(project with { Archived = true }, new() { ["archived"] = true });

    public Task DeleteAsync(ProjectView project) =>
        SendAsync([.. _projects.Where(other => other.ProjectId != project.ProjectId)], HttpMethod.Delete, $"projects/{project.ProjectId}", null);

    public async Task<Guid> AddSectionAsync(ProjectView project, string name)
    {
        var section = new SectionView(Guid.CreateVersion7(), name.Trim(), OrderKey.Last(time.GetUtcNow()));
        await SendAsync(
            Replaced(project with { Sections = [.. project.Sections, section] }), HttpMethod.Post, $"projects/{project.ProjectId}/sections",
            new JsonObject { ["sectionId"] = section.SectionId, ["name"] = section.Name });
        return section.SectionId;
    }

    public Task RenameSectionAsync(ProjectView project, SectionView section, string name) => SendAsync(
        Replaced(project with { Sections = [.. project.Sections.Select(s => s.SectionId == section.SectionId ? s with { Name = name.Trim() } : s)] }),
        HttpMethod.Patch, $"projects/{project.ProjectId}/sections/{section.SectionId}", new JsonObject { ["name"] = name.Trim() });

    public Task DeleteSectionAsync(ProjectView project, SectionView section) => SendAsync(
        Replaced(project with { Sections = [.. project.Sections.Where(s => s.SectionId != section.SectionId)] }),
        HttpMethod.Delete, $"projects/{project.ProjectId}/sections/{section.SectionId}", null);

    public void Clear() => Show([]);

    private Task PatchAsync(ProjectView changed, JsonObject patch) =>
        SendAsync(Replaced(changed), HttpMethod.Patch, $"projects/{changed.ProjectId}", patch);

    private List<ProjectView> Replaced(ProjectView changed) =>
        _projects.ConvertAll(project => project.ProjectId == changed.ProjectId ? changed : project);

    // Shown at once; refused, the list is as it was.
    private async Task SendAsync(List<ProjectView> after, HttpMethod method, string path, JsonObject? body)
    {
        var before = _projects;
        Show(after);
        if (await api.SendAsync(method, path, body?.ToJsonString(), Guid.NewGuid().ToString()) is not { } problem)
            return;
        Show(before);
        toasts.Error($"Could not save. {problem.Message}", () => SendAsync(after, method, path, body));
    }

    private void Show(List<ProjectView> projects)
    {
        (_projects, _byId) = (projects, projects.ToDictionary(project => project.ProjectId));
        Changed?.Invoke();
    }
}

internal static class ProjectServices
{
    public static IServiceCollection AddProjects(this IServiceCollection services) => services.AddSingleton<ProjectBoard>();
}
