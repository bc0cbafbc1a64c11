using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A named connection string made of endpoints, parameters and text.</summary>
public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
}
