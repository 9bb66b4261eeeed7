using Todo.Web.Filters;
using Todo.Web.Labels;
using Todo.Web.Projects;

namespace Todo.Web.Live;

/// <summary>
/// Projects, labels and filters: small lists, read whole together whenever the server says that one of them changed. One reading at a
/// time, so that an answer that comes late never takes the place of a newer one.
/// </summary>
public sealed class ListsFeed
{
    private readonly OneAtATime _loading;
    private readonly Action _clear;

    public ListsFeed(ProjectBoard projects, LabelBoard labels, FilterBoard filters)
    {
        _loading = new(() => Task.WhenAll(projects.LoadAsync(), labels.LoadAsync(), filters.LoadAsync()));
        _clear = () =>
        {
            projects.Clear();
            labels.Clear();
            filters.Clear();
        };
    }

    public Task LoadAsync() => _loading.RunAsync();

    public void Clear() => _clear();
}
