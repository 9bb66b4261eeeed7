using Todo.Api.Audit;
using Todo.Api.Notifications;

namespace Todo.Api.Tasks;

internal static class TasksEndpoints
{
    public static IServiceCollection AddTasks(this IServiceCollection services) =>
        services.AddScoped<TaskWriter>().AddScoped<TaskCommands>().AddScoped<OneLiveOccurrence>().AddSingleton<CreateGroups>();

    public static RouteGroupBuilder MapTasks(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("/", ListTasks.Handle).WithSummary("Lists tasks: a view, narrowed by project, label, filter or search words.");
        tasks.MapPost("/", CreateTask.Handle).WithSummary("Creates a task.").AnswersWithNewTask();
        tasks.MapPost("/quick-add", QuickAddTask.Handle).WithSummary("Creates a task from a line of text.")
            .WithDescription("As in `Pay rent #Home/Bills @money p1 every month starting 1 dec {20 dec} 30min !1d // by transfer`: project and section, labels, priority, repetition and dates in plain words, deadline, estimate, reminder, notes. Every token is reported in `understood`; what is not plainly one stays in the title.");
        tasks.MapGet("/counts", CountTasks.Handle).WithSummary("How many open tasks there are, by place and time.");
        tasks.MapGet("/{taskId:guid}", GetTask.Handle).WithSummary("Reads a task.");
        tasks.MapPatch("/{taskId:guid}", UpdateTask.Handle).WithSummary("Changes the fields that are sent.").AnswersWithTask()
            .WithDescription("A JSON merge patch: a field that is absent stays as it is, `null` clears it. Sub-tasks go along to another project or section, and one `X-Undo-Token` takes all of it back. Without `If-Match`, changes of different fields made at the same time both count.");
        tasks.MapDelete("/{taskId:guid}", DeleteTask.Handle).WithSummary("Puts a task into the trash.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/complete", CompleteTask.Handle).WithSummary("Completes a task and its sub-tasks.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/reopen", ReopenTask.Handle).WithSummary("Opens a completed or archived task again.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/archive", ArchiveTask.Handle).WithSummary("Puts a task away without completing it.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/skip", SkipOccurrence.Handle).WithSummary("Skips this occurrence of a repeating task.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/pause", PauseSeries.Pause).WithSummary("Lets a repeating task rest.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/resume", PauseSeries.Resume).WithSummary("Lets a paused series go on from now.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/restore", RestoreTask.Handle).WithSummary("Takes a task out of the trash.").AnswersWithTask();
        tasks.MapPost("/{taskId:guid}/reminders/{reminderId:guid}/snooze", SnoozeReminder.Handle).WithSummary("Reminds again later.");
        tasks.MapGet("/{taskId:guid}/deliveries", ListDeliveries.Handle).WithSummary("What became of a task's reminders, by every channel, newest first.");
        tasks.MapGet("/{taskId:guid}/audit", TaskAudit.Handle).WithSummary("Everything that was recorded about a task, newest first.");

        api.MapGet("/calendar", ShowCalendar.Handle).WithTags("Tasks").WithSummary("What is due on some days, and when repeating tasks come again.");
        api.MapPost("/bulk", RunBulk.Handle).WithTags("Tasks").WithSummary("Runs up to 200 commands in one transaction.")
            .WithDescription("In order; each has a status of its own, as it would have had alone, and a refused one leaves the others alone. Ids are yours to make, so later commands can speak of tasks that earlier ones create.");
        api.MapGet("/snooze-choices", SnoozeReminder.Choices).WithTags("Tasks").WithSummary("The usual moments to snooze to, and when they are for you.");
        api.MapPost("/undo/{undoToken:guid}", UndoChange.Handle).WithTags("Tasks").WithSummary("Takes back what one request changed.")
            .WithDescription("Once, within an hour. Fields that somebody has changed since stay as they are.");
        return api;
    }
}
