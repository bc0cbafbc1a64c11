using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Collects the text and the holes of a <see cref="ReferenceExpression"/>.</summary>
internal sealed class ExpressionParts
{
    private readonly StringBuilder _format = new();
    private readonly List<IValueProvider> _providers = [];
    private readonly List<string> _manifestExpressions = [];
    private readonly List<string?> _stringFormats = [];

    public bool IsEmpty => _format.Length == 0;

    public void Literal(string? text) =>
        _format.Append(text?.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    public void Text(string? text, string? format) =>
        Literal(ReferenceExpression.CheckFormat(format) is null || text is null ? text : Uri.EscapeDataString(text));

    public void Value(IValueProvider provider, string manifestExpression, string? format)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_providers.Count}}}");
        _providers.Add(provider);
        _manifestExpressions.Add(manifestExpression);
        _stringFormats.Add(ReferenceExpression.CheckFormat(format));
    }

    public ReferenceExpression Build() =>
        ReferenceExpression.Create(_format.ToString(), [.. _providers], [.. _manifestExpressions], [.. _stringFormats]);
}
