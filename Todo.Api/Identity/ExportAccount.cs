using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Lists;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Account;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Identity;

/// <summary>GET /account/export — everything of yours in one JSON file, streamed, the trash included.</summary>
internal static class ExportAccount
{
    public static async Task<JsonHttpResult<AccountExport>> Handle(
        TodoDbContext db, CurrentUser user, ListAccess lists, PreferencesStore preferences, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.ContentDisposition = "attachment; filename=\"todobus.json\"";
        var email = await db.Users.Where(u => u.Id == user.Id).Select(u => u.Email).SingleAsync(ct);
        return TypedResults.Json(new AccountExport(
            email!,
            (await preferences.GetAsync(user.Id, ct)).Preferences,
            (await ManageProjects.List(lists, ct)).Value!.Items,
            (await ManageFilters.List(lists, ct)).Value!.Items,
            (await ManageViews.List(lists, ct)).Value!.Items,
            db.TasksOf(user.Id).AsNoTracking().AsAsyncEnumerable().Select(task => task.ToView())));
    }
}

/// <summary>A person's data, as they may take it away.</summary>
internal sealed record AccountExport(
    string Email, Preferences Preferences, IReadOnlyList<ProjectView> Projects, IReadOnlyList<FilterView> Filters, IReadOnlyList<ListView> Views,
    IAsyncEnumerable<TaskView> Tasks);
