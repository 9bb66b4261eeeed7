namespace Todo.Api.Lists;

internal static class ListsEndpoints
{
    public static IServiceCollection AddLists(this IServiceCollection services) =>
        services.AddScoped<ListAccess>().AddScoped<ProjectTasks>().AddScoped<SectionTasks>().AddScoped<LabelTasks>();

    public static RouteGroupBuilder MapLists(this RouteGroupBuilder api)
    {
        var projects = api.MapGroup("/projects").WithTags("Projects");
        projects.MapGet("/", ManageProjects.List).WithSummary("All projects, with their sections.");
        projects.MapPost("/", ManageProjects.Create).WithSummary("Creates a project.");
        projects.MapPatch("/{projectId:guid}", ManageProjects.Update).WithSummary("Changes the fields that are sent; archiving takes the open tasks along.");
        projects.MapDelete("/{projectId:guid}", ManageProjects.Delete).WithSummary("Deletes a project; its tasks go to the trash.");
        projects.MapPost("/{projectId:guid}/sections", ManageSections.Create).WithSummary("Creates a section.");
        projects.MapPatch("/{projectId:guid}/sections/{sectionId:guid}", ManageSections.Update).WithSummary("Changes the fields that are sent; with another project it goes there and takes its tasks along.");
        projects.MapDelete("/{projectId:guid}/sections/{sectionId:guid}", ManageSections.Delete).WithSummary("Deletes a section; its tasks stay in the project.");

        var labels = api.MapGroup("/labels").WithTags("Labels");
        labels.MapGet("/", ManageLabels.List).WithSummary("All labels.");
        labels.MapPatch("/{name}", ManageLabels.Update).WithSummary("Colours or renames a label, on every task.");
        labels.MapDelete("/{name}", ManageLabels.Delete).WithSummary("Takes a label off every task.");

        var filters = api.MapGroup("/filters").WithTags("Filters");
        filters.MapGet("/", ManageFilters.List).WithSummary("All saved filters.");
        filters.MapPost("/", ManageFilters.Create).WithSummary("Saves a filter.");
        filters.MapPatch("/{filterId:guid}", ManageFilters.Update).WithSummary("Changes the fields that are sent.");
        filters.MapDelete("/{filterId:guid}", ManageFilters.Delete).WithSummary("Deletes a saved filter.");

        var views = api.MapGroup("/views").WithTags("Views");
        views.MapGet("/", ManageViews.List).WithSummary("How lists are shown, where not as usual.");
        views.MapPatch("/", ManageViews.Update).WithSummary("Changes how the lists that are named are shown.")
            .WithDescription("The others stay as they are, so two devices at two lists do not overwrite one another. Each list is given whole: what is left out of it is as usual. Answers with all.");
        return api;
    }
}
