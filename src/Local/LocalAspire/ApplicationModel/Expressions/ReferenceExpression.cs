using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with holes that endpoints, parameters and connection strings fill when the application runs.</summary>
public partial class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    private readonly string?[] _stringFormats;

    private ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        ManifestExpressions = manifestExpressions;
        _stringFormats = stringFormats;
    }

    /// <summary>The text as a composite format string.</summary>
    public string Format { get; }

    /// <summary>What fills the holes, in order.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The manifest expressions of the holes, in order.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <inheritdoc/>
    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>An expression from an interpolated string whose holes are text or value providers.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.ToExpression();

    internal static ReferenceExpression Create(string format, IValueProvider[] providers, string[] manifestExpressions, string?[] stringFormats) =>
        new(format, providers, manifestExpressions, stringFormats);

    /// <summary>The text with its holes filled; null when the expression is empty.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        if (Format.Length == 0)
            return null;

        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(cancellationToken);
            values[i] = _stringFormats[i] is null || value is null ? value : Uri.EscapeDataString(value);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal static string? CheckFormat(string? format) =>
        format is null or "uri" ? format : throw new NotSupportedException($"The format '{format}' is unknown; ':uri' is the only one.");
}
