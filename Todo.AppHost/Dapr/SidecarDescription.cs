namespace Todo.AppHost.Dapr;

/// <summary>What the sidecar says about itself.</summary>
internal static class SidecarDescription
{
    /// <summary>Not a version of daprd: whoever reads it should see who answers.</summary>
    public const string Version = "todobus-apphost";

    public static IReadOnlyList<string> CapabilitiesOf(string componentType) => componentType switch
    {
        "state.postgresql" => ["ETAG", "TRANSACTIONAL", "TTL"],
        _ => [],
    };
}
