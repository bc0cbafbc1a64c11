namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known at the latest when the resource it depends on runs.</summary>
public interface IValueProvider
{
    /// <summary>The value; null when there is none.</summary>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

/// <summary>Something that a deployment manifest names by an expression.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression, in braces.</summary>
    string ValueExpression { get; }
}

/// <summary>A value with a manifest expression.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

/// <summary>A value made of other values.</summary>
public interface IValueWithReferences
{
    /// <summary>The values and resources it is made of.</summary>
    IEnumerable<object> References { get; }
}
