using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Lists;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts.Bulk;
using Todo.Contracts.QuickAdd;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/quick-add — a line of text becomes a task; the answer says what was understood.</summary>
internal static class QuickAddTask
{
    public static async Task<Results<Ok<QuickAddAnswer>, ValidationProblem, ProblemHttpResult>> Handle(
        QuickAddRequest request, TaskCommands commands, ListAccess lists, PreferencesStore preferences, WhereaboutsOfUser whereabouts,
        CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (request.Text is not { Length: > 0 and <= QuickAddParser.Longest } text)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["text"] = [$"1 to {QuickAddParser.Longest:N0} characters."] });

        var preferred = await preferences.RecallAsync(user.Id, ct);
        var where = await whereabouts.FindAsync(ct);
        var context = new QuickAddContext(clock.Now(), where.Zone, preferred.Locale, preferred.WeekStart, preferred.SmartDates);
        var read = QuickAddParser.Parse(text, context);
        var project = read.Project is { } name ? await lists.Projects.AsNoTracking().Where(p => EF.Functions.ILike(p.Name, TaskFilter.Exactly(name), "\\")).FirstOrDefaultAsync(ct) : null;
        var section = project is not null && read.Section is { } part
            ? await lists.Sections.AsNoTracking().Where(s => s.ProjectId == project.ProjectId && EF.Functions.ILike(s.Name, TaskFilter.Exactly(part), "\\")).FirstOrDefaultAsync(ct) : null;
        var (noProject, noSection) = (read.Project is not null && project is null, project is not null && read.Section is not null && section is null);
        if (request.DryRun)
            return TypedResults.Ok(new QuickAddAnswer(read, null, noProject, noSection));

        var taskId = request.TaskId ?? IdempotencyKey.IdFor(http) ?? Guid.CreateVersion7(clock.Now());
        var outcome = await commands.RunAsync(new BulkCommand { Verb = BulkVerb.Create, TaskId = taskId, Task = Task(read, project, section, where) }, ct);
        return outcome switch
        {
            { Errors: { } errors } => TypedResults.ValidationProblem(errors),
            { Task: null } => Problem.Of(outcome.Status, outcome.Detail!),
            _ => TypedResults.Ok(new QuickAddAnswer(read, outcome.Task, noProject, noSection)),
        };
    }

    private static CreateTaskRequest Task(QuickAddResult read, Project? project, Section? section, Whereabouts where) => new()
    {
        Title = read.Title,
        Notes = read.Notes,
        ProjectId = project?.ProjectId,
        SectionId = section?.SectionId,
        Labels = read.Labels,
        Priority = read.Priority,
        Due = read.Due,
        Recurrence = read.Recurrence,
        Deadline = read.Deadline,
        EstimateMinutes = read.EstimateMinutes,
        Reminders = [.. read.Reminders.Select(reminder => new Reminder(Guid.NewGuid(), reminder.At, reminder.MinutesBefore))],
        Zone = where.Zone,
    };
}
