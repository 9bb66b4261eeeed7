using Todo.Api.Identity;
using Todo.Contracts;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>A time fixed to a zone needs one that exists; the browser cannot always tell.</summary>
internal static class Zones
{
    public static Problems RequireZones(this Problems problems, Due? start, Due? due) => problems
        .Require(start?.Zone is null || CurrentUser.IsZone(start.Zone), "start", "Not a zone of the tz database.")
        .Require(due?.Zone is null || CurrentUser.IsZone(due.Zone), "due", "Not a zone of the tz database.");
}
