using Microsoft.AspNetCore.Components;
using Todo.Contracts.Bulk;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Projects;

/// <summary>Having a project or a section a second time: with its open tasks and all that is said of them, in their order.</summary>
public sealed class ProjectCopies(
    ProjectBoard projects, TaskBoard board, TaskActions actions, TasksClient client, Outgoing outgoing, Toasts toasts, UndoHistory undo, UserClock clock, NavigationManager navigation, TimeProvider time)
{
    private const int LongestName = 120;

    /// <summary>Makes the copy and leads there; its tasks come as they are made.</summary>
    public async Task DuplicateAsync(ProjectView project)
    {
        var sections = project.Sections.ToDictionary(section => section.SectionId, section => section with { SectionId = Guid.CreateVersion7() });
        var next = projects.Open.Where(other => other.ParentId == project.ParentId).SkipWhile(other => other.ProjectId != project.ProjectId).Skip(1).FirstOrDefault();
        var copy = new ProjectView
        {
            ProjectId = Guid.CreateVersion7(),
            Name = NameOf(project.Name),
            Colour = project.Colour,
            ParentId = project.ParentId,
            Order = Between(project.Order, next?.Order),
            Sections = [.. sections.Values],
        };
        var tasks = TaskCopies.Elsewhere(
            Open(task => task.ProjectId == project.ProjectId),
            task => (copy.ProjectId, task.SectionId is { } section && sections.TryGetValue(section, out var there) ? there.SectionId : null), board, time.GetUtcNow());

        var making = projects.AddAsync(copy);
        navigation.NavigateTo($"projects/{copy.ProjectId}");
        if (!await making)
        {
            LeadBack();
            return;
        }

        toasts.Undoable($"“{project.Name}” duplicated", undo.Push(new("Duplicated", project.Name, () =>
        {
            LeadBack();
            return projects.DeleteAsync(copy);
        })));
        await FillAsync(tasks, project.Name, () => projects.Find(copy.ProjectId) is not null);

        void LeadBack()
        {
            if (navigation.Uri.Contains(copy.ProjectId.ToString(), StringComparison.Ordinal))
                navigation.NavigateTo($"projects/{project.ProjectId}");
        }
    }

    /// <summary>Makes the copy below the section.</summary>
    public async Task DuplicateAsync(ProjectView project, SectionView section)
    {
        var next = project.Sections.OrderBy(other => other.Order, StringComparer.Ordinal).SkipWhile(other => other.SectionId != section.SectionId).Skip(1).FirstOrDefault();
        var copy = new SectionView(Guid.CreateVersion7(), NameOf(section.Name), Between(section.Order, next?.Order));
        var tasks = TaskCopies.Elsewhere(
            Open(task => task.ProjectId == project.ProjectId && task.SectionId == section.SectionId), _ => (project.ProjectId, copy.SectionId), board, time.GetUtcNow());

        if (!await projects.AddAsync(project, copy))
            return;
        toasts.Undoable($"“{section.Name}” duplicated", undo.Push(new("Duplicated", section.Name, async () =>
        {
            await actions.DeleteAsync([.. tasks.Where(task => task.ParentId is null).Select(task => task.TaskId!.Value)], quiet: true);
            await projects.DeleteSectionAsync(project, copy);
        })));
        await FillAsync(tasks, section.Name, () => projects.Find(project.ProjectId)?.Sections.Any(other => other.SectionId == copy.SectionId) == true);
    }

    // As many at a time as one request takes. Ids are made beforehand, so that whatever is sent again is made once.
    private async Task FillAsync(List<CreateTaskRequest> tasks, string name, Func<bool> isWanted, int from = 0)
    {
        var (refused, progress) = (new List<BulkResult>(), default(Toast));
        for (var at = from; at < tasks.Count && isWanted(); at += BulkRequest.Most)
        {
            if (tasks.Count > BulkRequest.Most)
                progress = Replace(progress, new($"Duplicating “{name}”: {at} of {tasks.Count} tasks", ToastKind.Plain));
            var (some, here) = (tasks.Skip(at).Take(BulkRequest.Most).Select(task => task with { Zone = clock.Zone.Id }).ToList(), at);
            var answer = default(Answer<BulkAnswer>);
            var command = Guid.NewGuid().ToString();
            if (await outgoing.SendAsync(async () => (answer = await client.CreateManyAsync(some, command)).Problem) is { } problem)
            {
                Replace(progress, new($"{at} of {tasks.Count} tasks are copied. {problem.Message}", ToastKind.Error) { ActionName = "Go on", Act = () => FillAsync(tasks, name, isWanted, here) });
                return;
            }

            var results = answer.Value?.Results ?? [];
            board.Receive(results.Select(result => result.Task).OfType<TaskView>());
            refused.AddRange(results.Where(result => result.Status != 201));
        }

        if (refused is [var first, ..])
            Replace(progress, new($"{refused.Count} of {tasks.Count} tasks could not be copied. “{tasks.Find(task => task.TaskId == first.TaskId)?.Title}”: {Why(first)}", ToastKind.Error));
        else if (progress is not null)
            Replace(progress, new($"“{name}” duplicated, all {tasks.Count} tasks", ToastKind.Plain));
    }

    private Toast Replace(Toast? before, Toast after)
    {
        if (before is not null)
            toasts.Dismiss(before);
        toasts.Show(after);
        return after;
    }

    private List<TaskView> Open(Func<TaskView, bool> wanted) => [.. board.Tasks.Where(task => TaskLists.IsOpen(task) && wanted(task))];

    private static string Why(BulkResult refused) => refused.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? refused.Detail ?? "";

    private static string Between(string order, string? next) =>
        OrderKey.IsValid(order) && (next is null || string.CompareOrdinal(order, next) < 0) ? OrderKey.Between(order, next) : order;

    private static string NameOf(string name)
    {
        const string Copy = " (copy)";
        return (name.Length + Copy.Length <= LongestName ? name : name[..(LongestName - Copy.Length)]) + Copy;
    }
}
