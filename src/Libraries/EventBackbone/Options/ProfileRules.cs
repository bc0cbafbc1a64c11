namespace EventSourcing.EventBackbone.Options;

/// <summary>The promises that do not go together.</summary>
internal static class ProfileRules
{
    public static void Check(string path, DeliveryProfile profile, List<string> errors)
    {
        if (profile.Durability == Durability.FireAndForget && profile.Receipt != ReceiptLevel.Queued)
            errors.Add($"{path}:Receipt: {profile.Receipt} cannot be promised with Durability=FireAndForget, which is never acknowledged; use Queued.");
        if (profile.Overflow == Overflow.DropOldest && profile.Receipt != ReceiptLevel.Queued)
            errors.Add($"{path}:Overflow: DropOldest drops events that were accepted, which a receipt of {profile.Receipt} forbids; use Receipt=Queued.");
        if (profile.Overflow == Overflow.DropOldest && profile.Failover == Failover.Spool)
            errors.Add($"{path}:Failover: Spool keeps what DropOldest gives up; use Failover=Refuse or another Overflow.");
        if (profile.MaxEventBytes > profile.BufferBytes)
            errors.Add($"{path}:BufferBytes: {profile.BufferBytes} cannot hold one event of MaxEventBytes={profile.MaxEventBytes}.");
        if (UsesSpool(profile) && profile.MaxEventBytes > profile.SpoolBytes)
            errors.Add($"{path}:SpoolBytes: {profile.SpoolBytes} cannot hold one event of MaxEventBytes={profile.MaxEventBytes}.");
    }

    private static bool UsesSpool(DeliveryProfile profile) =>
        profile.Failover == Failover.Spool || profile.Receipt == ReceiptLevel.Spooled;
}
