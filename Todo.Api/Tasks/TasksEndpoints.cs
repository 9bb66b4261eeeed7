using Todo.Api.Audit;

namespace Todo.Api.Tasks;

internal static class TasksEndpoints
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services.AddScoped<TaskWriter>();

    public static RouteGroupBuilder MapTasks(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("/", ListTasks.Handle).WithSummary("Lists a view: inbox, open, today, upcoming, completed, archived or trash.");
        tasks.MapPost("/", CreateTask.Handle).WithSummary("Creates a task.");
        tasks.MapGet("/{taskId:guid}", GetTask.Handle).WithSummary("Reads a task.");
        tasks.MapPatch("/{taskId:guid}", UpdateTask.Handle).WithSummary("Changes the fields that are sent.");
        tasks.MapDelete("/{taskId:guid}", DeleteTask.Handle).WithSummary("Puts a task into the trash.");
        tasks.MapPost("/{taskId:guid}/complete", CompleteTask.Handle).WithSummary("Completes a task.");
        tasks.MapPost("/{taskId:guid}/reopen", ReopenTask.Handle).WithSummary("Opens a completed or archived task again.");
        tasks.MapPost("/{taskId:guid}/archive", ArchiveTask.Handle).WithSummary("Puts a task away without completing it.");
        tasks.MapPost("/{taskId:guid}/skip", SkipOccurrence.Handle).WithSummary("Skips this occurrence of a repeating task.");
        tasks.MapPost("/{taskId:guid}/restore", RestoreTask.Handle).WithSummary("Takes a task out of the trash.");
        tasks.MapPost("/{taskId:guid}/reminders/{reminderId:guid}/snooze", SnoozeReminder.Handle).WithSummary("Reminds again later.");
        tasks.MapGet("/{taskId:guid}/audit", TaskAudit.Handle).WithSummary("Everything that was recorded about a task, newest first.");
        return api;
    }
}
