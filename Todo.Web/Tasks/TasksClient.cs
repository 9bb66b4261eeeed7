using Todo.Contracts.Audit;
using Todo.Contracts.Bulk;
using Todo.Contracts.Live;
using Todo.Contracts.Tasks;
using Todo.Web.Http;

namespace Todo.Web.Tasks;

/// <summary>The task routes of the Api, one method each.</summary>
public sealed class TasksClient(Api api)
{
    /// <summary>A page of a view; <paramref name="narrow"/> is more of the query, such as <c>projectId=…</c>.</summary>
    public Task<Answer<TaskPage>> ListAsync(string view, string? cursor = null, int limit = 200, string narrow = "") =>
        api.GetAsync<TaskPage>($"tasks?view={view}&limit={limit}{(narrow.Length == 0 ? "" : "&" + narrow)}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");

    public Task<Answer<TaskPage>> SearchAsync(string text) =>
        api.GetAsync<TaskPage>($"tasks?limit=100&q={Uri.EscapeDataString(text)}");

    public Task<Answer<TaskView>> GetAsync(Guid taskId) => api.GetAsync<TaskView>($"tasks/{taskId}");

    public Task<Answer<ChangesPage>> ChangesAsync(long? since) =>
        api.GetAsync<ChangesPage>(since is null ? "changes" : $"changes?since={since}");

    public Task<Answer<AuditPage>> AuditAsync(Guid taskId) => api.GetAsync<AuditPage>($"tasks/{taskId}/audit");

    public Task<Answer<AuditPage>> ActivityAsync(string? cursor) => api.GetAsync<AuditPage>(cursor is null ? "audit?mine=true" : $"audit?mine=true&cursor={Uri.EscapeDataString(cursor)}");

    public Task<Answer<TaskView>> CreateAsync(CreateTaskRequest request, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Post, "tasks", Api.Json(request), commandId);

    /// <summary>Creates a task and puts it in its place; known under one command id, which is that of the second step, so that it never shows anywhere else.</summary>
    public async Task<Answer<TaskView>> CreateAtAsync(CreateTaskRequest request, Guid taskId, string order, string commandId)
    {
        var made = await CreateAsync(request, commandId + "-new");
        return made.Value is { } task ? await EditAsync(taskId, TaskEdit.Between(task, task with { Order = order }), commandId) : made;
    }

    public Task<Answer<TaskView>> EditAsync(Guid taskId, TaskEdit edit, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Patch, $"tasks/{taskId}", edit.ToJson(), commandId);

    public Task<Answer<TaskView>> DeleteAsync(Guid taskId, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Delete, $"tasks/{taskId}", null, commandId);

    /// <summary>complete, reopen, archive, restore, skip, pause or resume.</summary>
    public Task<Answer<TaskView>> DoAsync(Guid taskId, string verb, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Post, $"tasks/{taskId}/{verb}", null, commandId);

    /// <summary>Creates up to <see cref="BulkRequest.Most"/> tasks; each has an answer of its own.</summary>
    public Task<Answer<BulkAnswer>> CreateManyAsync(IEnumerable<CreateTaskRequest> tasks, string commandId) => api.SendAsync<BulkAnswer>(
        HttpMethod.Post, "bulk", Api.Json(new BulkRequest([.. tasks.Select(task => new BulkCommand { Verb = BulkVerb.Create, TaskId = task.TaskId!.Value, Task = task })])), commandId);

    public Task<Answer<TaskView>> SnoozeAsync(Guid taskId, Guid reminderId, DateTimeOffset until) =>
        api.SendAsync<TaskView>(HttpMethod.Post, $"tasks/{taskId}/reminders/{reminderId}/snooze", Api.Json(new SnoozeRequest(until.ToUniversalTime())), Guid.NewGuid().ToString());
}
