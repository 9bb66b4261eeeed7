namespace Todo.Api.Identity;

/// <summary>What an operator decides about accounts, from section Accounts, and where the app is found, from App:PublicUrl.</summary>
internal sealed class AccountSettings(IConfiguration configuration)
{
    /// <summary>On unless somebody says otherwise: an address has an account once its owner has followed a link we mailed there.</summary>
    public bool ConfirmAddresses { get; } = configuration.GetValue("Accounts:ConfirmAddresses", true);

    /// <summary>Links are built on this and never on what a request says its host is: that is for the asker to choose.</summary>
    public Uri App { get; } = new((configuration["App:PublicUrl"] is { Length: > 0 } url ? url : "http://localhost:8080").TrimEnd('/') + "/");

    /// <summary>Somebody who signs up must be able to get the mail that lets them in.</summary>
    public static void Check(IConfiguration configuration)
    {
        if (!configuration.GetValue("Accounts:ConfirmAddresses", true))
            return;
        foreach (var needed in (string[])["Mail:Host", "App:PublicUrl"])
        {
            if (configuration[needed] is not { Length: > 0 })
                throw new InvalidOperationException($"Addresses are confirmed by mail (Accounts:ConfirmAddresses), which needs {needed}. Set it, or set Accounts:ConfirmAddresses to false.");
        }
    }
}
