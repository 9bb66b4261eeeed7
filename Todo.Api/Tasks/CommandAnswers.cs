using Todo.Api.Edge;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Says over HTTP what became of a command: the task with its version as ETag and the token that takes it back, or a problem.</summary>
internal static class CommandAnswers
{
    public static IResult Answer(this CommandOutcome outcome, HttpContext http, Guid? undoToken)
    {
        if (outcome.Task is { } task)
            http.Response.Headers.ETag = ETags.Of(task);
        if (undoToken is { } token)
            http.Response.Headers["X-Undo-Token"] = token.ToString();
        return outcome switch
        {
            { Status: StatusCodes.Status200OK } => TypedResults.Ok(outcome.Task),
            { Status: StatusCodes.Status201Created } => TypedResults.Created($"/api/v1/tasks/{outcome.Task!.TaskId}", outcome.Task),
            { Errors: { } errors } => TypedResults.ValidationProblem(errors),
            { Status: StatusCodes.Status412PreconditionFailed } => TypedResults.Problem(
                outcome.Detail, statusCode: outcome.Status, extensions: new Dictionary<string, object?> { ["current"] = outcome.Task }),
            _ => Problem.Of(outcome.Status, outcome.Detail!),
        };
    }

    /// <summary>Writes down for the API page what the answers above are.</summary>
    public static RouteHandlerBuilder AnswersWithTask(this RouteHandlerBuilder route) => route
        .AnswersWithNewTask(StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    public static RouteHandlerBuilder AnswersWithNewTask(this RouteHandlerBuilder route, int success = StatusCodes.Status201Created) => route
        .Produces<TaskView>(success)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict)
        .WithMetadata(new TaskAnswer());
}

/// <summary>Marks a route that answers with a task, its version as ETag and the token that takes the change back.</summary>
internal sealed record TaskAnswer;
