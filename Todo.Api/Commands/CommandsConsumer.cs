using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Bus.Envelope;
using Todo.Contracts;
using Todo.Contracts.Bulk;
using Todo.Contracts.Commands;

namespace Todo.Api.Commands;

/// <summary>
/// Does what a message asks as if its user had asked over HTTP, once, and says what became of it. The command's id, its effect
/// and its result commit together; the same id again gets the same result and changes nothing.
/// </summary>
internal sealed class CommandsConsumer(
    CommandSigner signer, TaskCommands commands, TaskWriter writer, TodoDbContext db, CurrentUser user, CommandResults results, CommandLimits limits,
    IConfiguration configuration, TimeProvider clock) :
    IConsumer<Unread<CreateTaskCommand>>, IConsumer<Unread<UpdateTaskCommand>>, IConsumer<Unread<CompleteTaskCommand>>, IConsumer<Unread<ReopenTaskCommand>>,
    IConsumer<Unread<DeleteTaskCommand>>, IConsumer<Unread<SkipOccurrenceCommand>>, IConsumer<Unread<SnoozeReminderCommand>>
{
    public const int LongestId = 200;

    public Task Consume(ConsumeContext<Unread<CreateTaskCommand>> context) => HandleAsync(context, (command, ct) =>
        commands.DoAsync(new BulkCommand { Verb = BulkVerb.Create, TaskId = command.TaskId, Task = command.Task }, ct));

    public Task Consume(ConsumeContext<Unread<UpdateTaskCommand>> context) => HandleAsync(context, (command, ct) =>
        commands.DoAsync(new BulkCommand { Verb = BulkVerb.Update, TaskId = command.TaskId, Patch = command.Patch, IfVersion = command.IfVersion }, ct));

    public Task Consume(ConsumeContext<Unread<CompleteTaskCommand>> context) => HandleAsync(context, (command, ct) =>
        commands.DoAsync(new BulkCommand { Verb = BulkVerb.Complete, TaskId = command.TaskId, IfVersion = command.IfVersion }, ct));

    public Task Consume(ConsumeContext<Unread<ReopenTaskCommand>> context) => HandleAsync(context, (command, ct) =>
        commands.DoAsync(new BulkCommand { Verb = BulkVerb.Reopen, TaskId = command.TaskId, IfVersion = command.IfVersion }, ct));

    public Task Consume(ConsumeContext<Unread<DeleteTaskCommand>> context) => HandleAsync(context, (command, ct) =>
        commands.DoAsync(new BulkCommand { Verb = BulkVerb.Delete, TaskId = command.TaskId, IfVersion = command.IfVersion }, ct));

    public Task Consume(ConsumeContext<Unread<SkipOccurrenceCommand>> context) => HandleAsync(context, (command, ct) =>
        commands.DoAsync(new BulkCommand { Verb = BulkVerb.Skip, TaskId = command.TaskId, IfVersion = command.IfVersion, AllMissed = command.AllMissed }, ct));

    public Task Consume(ConsumeContext<Unread<SnoozeReminderCommand>> context) => HandleAsync(context, SnoozeAsync);

    private async Task HandleAsync<T>(ConsumeContext<Unread<T>> context, Func<T, CancellationToken, Task<CommandOutcome>> run)
        where T : class, ITaskCommand
    {
        var ct = context.CancellationToken;
        var came = context.TryGetPayload(out IConsumedEvent? found) ? found.Event : default;
        MustHaveAnId(came);
        var (command, problems) = context.Message.Read();
        var isTrusted = IsTrusted(context);
        var (userId, refusal) = isTrusted ? (command?.UserId, null) : await signer.FindAsync(came, context.Headers.Get<string>(CommandSignature.Header), ct);
        var taskId = Guid.TryParse(context.Message.TaskId, out var named) ? named : (Guid?)null;

        if (refusal is not null)
            await results.RefuseAsync(came.Id!, taskId, null, Say(StatusCodes.Status401Unauthorized, refusal), ct);
        else if (command is null)
            await results.RefuseAsync(came.Id!, taskId, userId, Say(CommandOutcome.Invalid(problems)), ct);
        else if (command.UserId != userId || !await db.Users.AnyAsync(u => u.Id == userId, ct))
            await results.RefuseAsync(came.Id!, taskId, userId, Say(StatusCodes.Status403Forbidden, "The command names another user than the one whose token signed it, or one who is not there."), ct);
        else if (!isTrusted && limits.Refusal(command.UserId) is { } tooMany)
            await results.RefuseAsync(came.Id!, taskId, userId, Say(StatusCodes.Status429TooManyRequests, tooMany), ct);
        else
            await OnceAsync(came, command, run, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Behind the owner's lock: two of their commands with one id cannot both be the first.</summary>
    private async Task OnceAsync<T>(EventEnvelope came, T command, Func<T, CancellationToken, Task<CommandOutcome>> run, CancellationToken ct)
        where T : class, ITaskCommand
    {
        user.ActFor(command.UserId, came.Id!);
        await writer.BeginAsync(command.UserId, ct);
        var print = CommandRow.PrintOf(came);
        var known = await db.Commands.AsNoTracking().SingleOrDefaultAsync(c => c.OwnerId == command.UserId && c.CommandId == came.Id, ct);
        var row = known ?? await DoAsync(came, command, print, run, ct);
        await writer.CommitAsync(ct);

        if (!row.Print.AsSpan().SequenceEqual(print))
            await results.RefuseAsync(came.Id!, command.TaskId, command.UserId, Say(StatusCodes.Status422UnprocessableEntity, "This id was used for another command; make a new one."), ct);
        else if (row.Refusal is { } refusal)
            await results.RefuseAsync(row.CommandId, row.TaskId, row.OwnerId, refusal, ct);
        else
            await results.AcceptAsync(new CommandAccepted(row.CommandId, row.TaskId, row.OwnerId, row.Version!.Value, row.OccurredAt), ct);
    }

    private async Task<CommandRow> DoAsync<T>(EventEnvelope came, T command, byte[] print, Func<T, CancellationToken, Task<CommandOutcome>> run, CancellationToken ct)
        where T : class, ITaskCommand
    {
        var outcome = await run(command, ct);
        var accepted = outcome.Status is StatusCodes.Status200OK or StatusCodes.Status201Created;
        if (!accepted)
            db.ChangeTracker.Clear(); // the transaction is the batch's and goes on: what a refused command touched must not be saved with it
        var row = new CommandRow
        {
            OwnerId = command.UserId,
            CommandId = came.Id!,
            Print = print,
            TaskId = command.TaskId,
            Version = accepted ? outcome.Task!.Version : null,
            Problem = accepted ? null : JsonSerializer.Serialize(Say(outcome), ContractsJson.Default.CommandProblem),
            OccurredAt = clock.Now(),
        };
        db.Commands.Add(row);
        return row;
    }

    private async Task<CommandOutcome> SnoozeAsync(SnoozeReminderCommand command, CancellationToken ct)
    {
        if (await writer.FindAsync(command.TaskId, ct) is not { } task)
            return CommandOutcome.NotFound;
        try
        {
            writer.Tell(task.Snooze(command.ReminderId, command.Until, command.UserId, clock.Now()));
            return new CommandOutcome(StatusCodes.Status200OK, task.ToView());
        }
        catch (RuleBreachException breach)
        {
            return CommandOutcome.Refused(StatusCodes.Status409Conflict, breach.Message);
        }
    }

    /// <summary>On the trusted topic, where configuration says that its writers are: the broker's access lists stand for them.</summary>
    private bool IsTrusted(ConsumeContext context) =>
        context.TryGetPayload(out KafkaConsumeContext? kafka) && kafka.Topic == Topics.TrustedTaskCommands && configuration.GetValue("Commands:TrustTopic", false);

    /// <summary>Without an id there is no result to write and nothing to be done once; line feeds would blur what a signature covers.</summary>
    private static void MustHaveAnId(EventEnvelope came)
    {
        if (came.Id is not { Length: > 0 and <= LongestId } id || id.Any(c => c is <= ' ' or > '~'))
            throw new UnreadableRecordException("no-id", $"A command needs an `id` of 1 to {LongestId} printable ASCII characters: it names the command and its result.");
        if (came.Source?.Any(char.IsControl) == true || came.Type?.Any(char.IsControl) == true)
            throw new UnreadableRecordException("no-id", "`source` and `type` may hold no control characters.");
    }

    private static CommandProblem Say(CommandOutcome outcome) => Say(outcome.Status, outcome.Detail!) with { Errors = outcome.Errors };

    private static CommandProblem Say(int status, string detail) => new(status, ReasonPhrases.GetReasonPhrase(status), detail);
}
