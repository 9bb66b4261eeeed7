using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Todo.Api.Identity;

/// <summary>POST /account/sign-out — this browser forgets who was here.</summary>
internal static class SignOut
{
    public static async Task<NoContent> Handle(SignInManager<TodoUser> signIn, HttpContext http)
    {
        await signIn.SignOutAsync();
        http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return TypedResults.NoContent();
    }
}
