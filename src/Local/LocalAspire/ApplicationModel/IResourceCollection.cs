using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application, unique by name.</summary>
public interface IResourceCollection : IList<IResource>
{
    /// <summary>Finds a resource by its name, ignoring case.</summary>
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}
