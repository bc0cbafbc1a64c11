namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application model: a name and the annotations that say how it runs.</summary>
public interface IResource
{
    /// <summary>Unique name, 1 to 64 ASCII letters, digits and single hyphens, starting with a letter; compared ignoring case.</summary>
    string Name { get; }

    /// <summary>What was declared about the resource, in order of declaration.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Base class of resources.</summary>
public abstract class Resource : IResource
{
    /// <summary>Creates a resource with a name and no annotations.</summary>
    /// <exception cref="ArgumentException">The name breaks the naming rule of <see cref="IResource.Name"/>.</exception>
    protected Resource(string name)
    {
        ResourceName.Validate(name);
        Name = name;
    }

    /// <inheritdoc/>
    public virtual string Name { get; }

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
