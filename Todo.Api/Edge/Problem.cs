using Microsoft.AspNetCore.Http.HttpResults;

namespace Todo.Api.Edge;

/// <summary>Refusals in the form of RFC 9457, with a sentence for people.</summary>
internal static class Problem
{
    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    public static ProblemHttpResult PreconditionFailed(string detail) => Of(StatusCodes.Status412PreconditionFailed, detail);

    public static ProblemHttpResult Unprocessable(string detail) => Of(StatusCodes.Status422UnprocessableEntity, detail);

    /// <summary>What to do about a refusal that nobody said more of.</summary>
    public static string? InGeneral(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Please sign in; a script sends its token as Authorization: Bearer todo_….",
        StatusCodes.Status403Forbidden => "The token has not the scope for this, or only a person at a browser may do it: the API page says which.",
        StatusCodes.Status404NotFound => "There is none, or it is not yours.",
        StatusCodes.Status405MethodNotAllowed => "Not with this method: Allow says which there are.",
        StatusCodes.Status415UnsupportedMediaType => "Send Content-Type: application/json.",
        _ => null,
    };

    public static ProblemHttpResult TooBusy() => Of(StatusCodes.Status503ServiceUnavailable, "Too much is waiting; try again in a minute.");

    public static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
