using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Live;

namespace Todo.Api.Lists;

/// <summary>What is a user's own of projects and the like, and the word that they changed. Sharing will be a change of this file.</summary>
internal sealed class ListAccess(TodoDbContext db, CurrentUser user, ITopicProducer<Guid, ListsChanged> live, TimeProvider clock)
{
    /// <summary>How many of each a user may have.</summary>
    public const int Most = 500;

    public IQueryable<Project> Projects => db.Projects.Where(p => p.OwnerId == user.Id);

    public IQueryable<Section> Sections => db.Sections.Where(s => s.OwnerId == user.Id);

    public IQueryable<Label> Labels => db.Labels.Where(l => l.OwnerId == user.Id);

    public IQueryable<SavedFilter> Filters => db.Filters.Where(f => f.OwnerId == user.Id);

    public IQueryable<ViewRow> Views => db.Views.Where(v => v.OwnerId == user.Id);

    /// <summary>The rows of a label, whatever its case.</summary>
    public IQueryable<Label> Named(string name) => Labels.Where(l => EF.Functions.ILike(l.Name, TaskFilter.Exactly(name.Trim()), "\\"));

    /// <summary>The word that something of these has changed, for whoever commits it along with tasks.</summary>
    public ListsChanged Changed() => new(user.Id, user.CommandId, clock.Now());

    /// <summary>A list that is gone takes the way it was shown along.</summary>
    public Task ForgetViewAsync(string place, CancellationToken ct) => Views.Where(v => v.Place == place).ExecuteDeleteAsync(ct);

    /// <summary>A list that is called otherwise is shown as before; one that becomes part of another is shown as that one.</summary>
    public async Task MoveViewAsync(string place, string wanted, CancellationToken ct)
    {
        if (place == wanted)
            return;
        if (await Views.AnyAsync(v => v.Place == wanted, ct))
            await ForgetViewAsync(place, ct);
        else
            await Views.Where(v => v.Place == place).ExecuteUpdateAsync(set => set.SetProperty(v => v.Place, wanted), ct);
    }

    public async Task SaveAsync(CancellationToken ct)
    {
        await live.Produce(user.Id, Changed(), ct);
        await db.SaveChangesAsync(ct);
    }
}
