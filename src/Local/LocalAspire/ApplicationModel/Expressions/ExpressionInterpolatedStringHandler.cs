using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

public partial class ReferenceExpression
{
    /// <summary>Takes the parts of an interpolated string. Numbers and other objects do not compile as holes: they would be read too early.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler
    {
        private readonly ExpressionParts _parts;

        /// <summary>Called by the compiler.</summary>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
        {
            _ = literalLength + formattedCount;
            _parts = new ExpressionParts();
        }

        /// <summary>Adds text.</summary>
        public readonly void AppendLiteral(string value) => _parts.Literal(value);

        /// <summary>Adds a hole with known text.</summary>
        public readonly void AppendFormatted(string? value) => _parts.Literal(value);

        /// <summary>Adds a hole with known text; the format <c>uri</c> escapes it.</summary>
        public readonly void AppendFormatted(string? value, string? format) => _parts.Text(value, format);

        /// <summary>Adds a hole; the format <c>uri</c> escapes its value.</summary>
        public readonly void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider, valueProvider.ValueExpression, format);

        /// <summary>Adds a hole with the value of a resource.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider.Resource, valueProvider.Resource.ValueExpression, format);

        internal readonly ReferenceExpression ToExpression() => _parts.Build();
    }
}
