namespace EventSourcing.AppHost.Postgres;

/// <summary>PostgreSQL as a process of this machine.</summary>
internal sealed class PostgresProcessResource(string name, string command, string workingDirectory, int port)
    : ExecutableResource(name, command, workingDirectory), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression { get; } = ReferenceExpression.Create($"{$"Host=127.0.0.1;Port={port}"}");
}

/// <summary>PostgreSQL in a container.</summary>
internal sealed class PostgresContainerResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var endpoint = new EndpointReference(this, EndpointName);
            return ReferenceExpression.Create($"Host={endpoint.Property(EndpointProperty.IPV4Host)};Port={endpoint.Property(EndpointProperty.Port)}");
        }
    }
}
