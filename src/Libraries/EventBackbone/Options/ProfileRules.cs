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

    /// <summary>What an all-or-none promise excludes.</summary>
    public static void CheckTransactions(string path, Route route, DeliveryProfile profile, List<string> errors)
    {
        if (profile.Durability != Durability.Transactional)
        {
            if (route.AdditionalTopics.Count > 0)
                errors.Add($"{path}:Durability: {profile.Durability} cannot keep the copies on {string.Join(", ", route.AdditionalTopics.Select(topic => topic.Name))} together with the event; use Transactional.");
            return;
        }
        if (profile.Receipt != ReceiptLevel.Stored)
            errors.Add($"{path}:Receipt: {profile.Receipt} is given before the commit, which Durability=Transactional is about; use Stored.");
        if (profile.Failover == Failover.Spool)
            errors.Add($"{path}:Failover: Spool takes events one by one and would tear apart what Durability=Transactional keeps together; use Refuse.");
        foreach (var twice in route.Topics.GroupBy(topic => topic.Name).Where(group => group.Count() > 1))
            errors.Add($"{path}: the topic {twice.Key} would get every event {twice.Count()} times; name it once.");
    }

    private static bool UsesSpool(DeliveryProfile profile) =>
        profile.Failover == Failover.Spool || profile.Receipt == ReceiptLevel.Spooled;
}
