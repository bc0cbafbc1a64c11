namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is reached by a connection string.</summary>
public interface IResourceWithConnectionString : IResource, IExpressionValue, IValueWithReferences
{
    /// <summary>The connection string as an expression over endpoints and parameters.</summary>
    ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>The environment variable that carries it; null for <c>ConnectionStrings__&lt;name&gt;</c>.</summary>
    string? ConnectionStringEnvironmentVariable => null;

    /// <summary>The connection string once its parts are known; null when it has no value.</summary>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        ConnectionStringExpression.GetValueAsync(cancellationToken);

    /// <summary>Parts of the connection, given to referencing resources as <c>&lt;NAME&gt;_&lt;PROPERTY&gt;</c> variables.</summary>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);

    IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];
}
