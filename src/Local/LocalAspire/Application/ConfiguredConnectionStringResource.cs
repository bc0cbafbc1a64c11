using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>A connection string that the AppHost's configuration gives: key <c>ConnectionStrings:&lt;name&gt;</c>.</summary>
internal sealed class ConfiguredConnectionStringResource(string name, string? environmentVariable, IConfiguration configuration)
    : Resource(name), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression { get; } =
        ReferenceExpression.Create($"{new ConfiguredValue(name, configuration)}");

    public string? ConnectionStringEnvironmentVariable => environmentVariable;

    private sealed class ConfiguredValue(string name, IConfiguration configuration) : IExpressionValue
    {
        public string ValueExpression => $"{{{name}.value}}";

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
            new(configuration.GetConnectionString(name) ?? throw new MissingParameterValueException(
                $"Connection string '{name}' has no value. Set configuration key 'ConnectionStrings:{name}'."));
    }
}
