namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources that a value is made of.</summary>
internal static class ResourceReferences
{
    public static IEnumerable<IResource> Of(object value) => value switch
    {
        IResource resource => [resource],
        IValueWithReferences composite => composite.References.SelectMany(Of).Distinct(),
        _ => [],
    };
}
