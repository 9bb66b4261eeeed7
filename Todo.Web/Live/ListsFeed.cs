using Todo.Web.Filters;
using Todo.Web.Labels;
using Todo.Web.Projects;

namespace Todo.Web.Live;

/// <summary>Projects, labels and filters: small lists, read whole together whenever the server says that one of them changed.</summary>
public sealed class ListsFeed(ProjectBoard projects, LabelBoard labels, FilterBoard filters)
{
    public Task LoadAsync() => Task.WhenAll(projects.LoadAsync(), labels.LoadAsync(), filters.LoadAsync());

    public void Clear()
    {
        projects.Clear();
        labels.Clear();
        filters.Clear();
    }
}
