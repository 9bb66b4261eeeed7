using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Todo.Api.Tasks;

namespace Todo.Api.Edge;

/// <summary>Turns what was thrown into an answer: rules into 409, unreadable bodies into field errors, the rest into a bare 500.</summary>
internal sealed class ProblemsAtTheEdge(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = Describe(exception);
        if (problem is null)
            return false;
        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = "2";
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    /// <summary>True for what a client caused; such things are answered, not logged as errors.</summary>
    public static bool IsTheClients(Exception exception) => Describe(exception) is { Status: < 500 };

    private static ProblemDetails? Describe(Exception exception) => exception switch
    {
        RuleBreachException breach => Of(StatusCodes.Status409Conflict, breach.Message),
        BadHttpRequestException { InnerException: JsonException json } => Unreadable(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => Unreadable(bad),
        BadHttpRequestException bad => Of(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? "The request is too large." : "The request could not be read."),
        DbUpdateConcurrencyException => Of(StatusCodes.Status409Conflict, "It changed at the same moment; ask again."),
        DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => Of(StatusCodes.Status409Conflict, "The same was made at the same moment; ask again."),
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } => Of(StatusCodes.Status503ServiceUnavailable, "Not ready yet; try again in a moment."),
        _ => null,
    };

    private static ProblemDetails Of(int status, string detail) => new() { Status = status, Detail = detail };

    private static ProblemDetails Unread(string? field, string why, string detail) => field is null ? Of(StatusCodes.Status400BadRequest, detail)
        : new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [why] }) { Status = StatusCodes.Status400BadRequest, Detail = detail };

    private static ProblemDetails Unreadable(JsonException json)
    {
        var (field, why) = Edge.Unreadable.Body(json);
        return Unread(field, why, "The body is not valid JSON for this request.");
    }

    private static ProblemDetails Unreadable(BadHttpRequestException bad)
    {
        var (field, why) = Edge.Unreadable.Parameter(bad) ?? (null!, "");
        return Unread(field, why, "The request could not be read.");
    }
}
