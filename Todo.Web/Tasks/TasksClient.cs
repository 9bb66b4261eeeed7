using Todo.Contracts.Audit;
using Todo.Contracts.Live;
using Todo.Contracts.Tasks;
using Todo.Web.Http;

namespace Todo.Web.Tasks;

/// <summary>The task routes of the Api, one method each.</summary>
public sealed class TasksClient(Api api)
{
    public Task<Answer<TaskPage>> ListAsync(string view, string? cursor = null, int limit = 200) =>
        api.GetAsync<TaskPage>($"tasks?view={view}&limit={limit}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");

    public Task<Answer<TaskPage>> SearchAsync(string text) =>
        api.GetAsync<TaskPage>($"tasks?limit=100&q={Uri.EscapeDataString(text)}");

    public Task<Answer<TaskView>> GetAsync(Guid taskId) => api.GetAsync<TaskView>($"tasks/{taskId}");

    public Task<Answer<ChangesPage>> ChangesAsync(long? since) =>
        api.GetAsync<ChangesPage>(since is null ? "changes" : $"changes?since={since}");

    public Task<Answer<AuditPage>> AuditAsync(Guid taskId) => api.GetAsync<AuditPage>($"tasks/{taskId}/audit");

    public Task<Answer<AuditPage>> ActivityAsync(string? cursor) => api.GetAsync<AuditPage>(cursor is null ? "audit" : $"audit?cursor={Uri.EscapeDataString(cursor)}");

    public Task<Answer<TaskView>> CreateAsync(CreateTaskRequest request, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Post, "tasks", Api.Json(request), commandId);

    public Task<Answer<TaskView>> EditAsync(Guid taskId, TaskEdit edit, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Patch, $"tasks/{taskId}", edit.ToJson(), commandId);

    public Task<Answer<TaskView>> DeleteAsync(Guid taskId, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Delete, $"tasks/{taskId}", null, commandId);

    /// <summary>complete, reopen, archive, restore or skip.</summary>
    public Task<Answer<TaskView>> DoAsync(Guid taskId, string verb, string commandId) =>
        api.SendAsync<TaskView>(HttpMethod.Post, $"tasks/{taskId}/{verb}", null, commandId);

    public Task<Answer<TaskView>> SnoozeAsync(Guid taskId, Guid reminderId, DateTimeOffset until) =>
        api.SendAsync<TaskView>(HttpMethod.Post, $"tasks/{taskId}/reminders/{reminderId}/snooze", Api.Json(new SnoozeRequest(until.ToUniversalTime())), Guid.NewGuid().ToString());
}
