using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds a <see cref="ReferenceExpression"/> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ExpressionParts _parts = new();

    /// <summary>Whether nothing was appended.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Appends an interpolated string.</summary>
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler) =>
        handler.ThrowIfNotOf(_parts);

    /// <summary>Appends text.</summary>
    public void AppendLiteral(string value) => _parts.Literal(value);

    /// <summary>The expression of what was appended.</summary>
    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Takes the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ExpressionParts _parts;

        /// <summary>Called by the compiler.</summary>
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
        {
            _ = literalLength + formattedCount;
            _parts = builder._parts;
        }

        /// <summary>Adds text.</summary>
        public readonly void AppendLiteral(string value) => _parts.Literal(value);

        /// <summary>Adds a hole with known text; the format <c>uri</c> escapes it.</summary>
        public readonly void AppendFormatted(string? value, string? format = null) => _parts.Text(value, format);

        /// <summary>Adds a hole; the format <c>uri</c> escapes its value.</summary>
        public readonly void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider, valueProvider.ValueExpression, format);

        /// <summary>Adds a hole with the value of a resource.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider.Resource, valueProvider.Resource.ValueExpression, format);

        internal readonly void ThrowIfNotOf(ExpressionParts parts)
        {
            if (!ReferenceEquals(_parts, parts))
                throw new InvalidOperationException("The interpolated string was made for another builder.");
        }
    }
}
