using Todo.Web.Filters;
using Todo.Web.Labels;
using Todo.Web.Projects;
using Todo.Web.Tasks;

namespace Todo.Web.Live;

/// <summary>Projects, labels, filters and how lists are shown: small lists, read whole together whenever the server says that one of them changed.</summary>
public sealed class ListsFeed(ProjectBoard projects, LabelBoard labels, FilterBoard filters, ViewChoices views)
{
    public Task LoadAsync() => Task.WhenAll(projects.LoadAsync(), labels.LoadAsync(), filters.LoadAsync(), views.LoadAsync());

    public void Clear()
    {
        projects.Clear();
        labels.Clear();
        filters.Clear();
        views.Clear();
    }
}
