namespace EventSourcing.AppHost.Backbone;

/// <summary>
/// A broker that runs as a process of this machine. It listens where it says that it listens (no proxy between): a Kafka client goes
/// to the address that the broker advertises, and must notice at once when the broker is gone.
/// </summary>
public sealed class KafkaProcessResource(string name, string command, string workingDirectory, IReadOnlyList<int> ports)
    : ExecutableResource(name, command, workingDirectory), IResourceWithConnectionString
{
    /// <summary>Bootstrap servers: every broker of the cluster.</summary>
    public ReferenceExpression ConnectionStringExpression { get; } =
        ReferenceExpression.Create($"{string.Join(',', ports.Select(port => $"127.0.0.1:{port}"))}");
}
