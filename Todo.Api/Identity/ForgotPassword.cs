using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Edge;
using Todo.Api.Identity.Mails;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>POST /account/forgot-password — one answer for every address; where it has an account, its owner gets a link.</summary>
internal static class ForgotPassword
{
    public static Results<Accepted, ValidationProblem, ProblemHttpResult> Handle(ForgotPasswordRequest request, Errands errands)
    {
        if (Accounts.CheckAddress(request.Email) is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        return errands.TryAdd(new ForgottenErrand(request.Email!.Trim())) ? TypedResults.Accepted((string?)null) : Problem.TooBusy();
    }
}
