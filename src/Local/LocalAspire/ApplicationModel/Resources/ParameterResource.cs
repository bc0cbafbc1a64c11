using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value given from outside: configuration key <c>Parameters:&lt;name&gt;</c>, or a value of the AppHost.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    internal ParameterResource(string name, Func<string> valueGetter, bool secret)
        : base(name)
    {
        _value = new Lazy<string>(valueGetter, LazyThreadSafetyMode.ExecutionAndPublication);
        Secret = secret;
    }

    /// <summary>Whether the value is hidden in the dashboard.</summary>
    public bool Secret { get; }

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>The value.</summary>
    /// <exception cref="MissingParameterValueException">Nothing in the configuration gives a value.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(_value.Value);

    internal static string FromConfiguration(IConfiguration configuration, string name)
    {
        var key = $"Parameters:{name}";
        return configuration[key]
            ?? configuration[$"Parameters:{name.Replace('-', '_')}"]
            ?? throw new MissingParameterValueException(
                $"Parameter '{name}' has no value. Set configuration key '{key}' (environment variable Parameters__{name.Replace('-', '_')}).");
    }
}
