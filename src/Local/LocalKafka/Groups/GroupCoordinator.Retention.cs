namespace EventSourcing.LocalKafka.Groups;

/// <content>How long committed offsets are kept.</content>
internal sealed partial class GroupCoordinator
{
    /// <summary>
    /// Deletes what is over its time at <paramref name="limit"/>, as Kafka does: all offsets of a group that has been empty since then, offsets of
    /// topics that the members of a stable group do not subscribe to and of consumers without a group when they were committed before. A group that
    /// nobody is in and that has no offsets is forgotten.
    /// </summary>
    /// <exception cref="IOException">The offsets cannot be written; what is left is tried at the next call.</exception>
    public void DeleteExpired(DateTimeOffset limit)
    {
        foreach (var groupId in Offsets.Groups)
        {
            if (Find(groupId)?.Retention() is { } retention)
                DeleteExpired(groupId, retention, limit);
            else
                Offsets.DeleteCommittedBefore(groupId, limit, static _ => true);
        }

        foreach (var (id, group) in _groups)
        {
            if (!Offsets.HasGroup(id) && group.TryKill())
                Forget(id, group);
        }
    }

    private void DeleteExpired(string groupId, GroupRetention retention, DateTimeOffset limit)
    {
        if (retention.EmptySince <= limit)
            Offsets.DeleteGroup(groupId);
        else if (retention.Subscribed is { } subscribed)
            Offsets.DeleteCommittedBefore(groupId, limit, topic => !subscribed.Contains(topic));
    }

    private void Sweep()
    {
        foreach (var (id, group) in _groups)
        {
            if (!group.TryKill())
                continue;
            Offsets.Renew(id);
            Forget(id, group);
        }
    }
}
