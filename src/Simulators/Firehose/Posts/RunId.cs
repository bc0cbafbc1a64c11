namespace EventSourcing.Firehose.Posts;

/// <summary>What tells this run's sources from those of others.</summary>
internal sealed class RunId
{
    /// <summary>Six hexadecimal digits.</summary>
    public string Value { get; } = Guid.NewGuid().ToString("N")[..6];
}
