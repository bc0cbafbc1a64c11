using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something declared about a resource.</summary>
public interface IResourceAnnotation;

/// <summary>The annotations of one resource, in order of declaration.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

/// <summary>What adding an annotation does when one of its type exists.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>Keeps both.</summary>
    Append,

    /// <summary>The new one takes the place of the old one.</summary>
    Replace,
}
