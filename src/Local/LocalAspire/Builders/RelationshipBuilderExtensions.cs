using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Shows the resource below another one.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource =>
        builder.WithRelationship(parent.Resource, KnownRelationshipTypes.Parent);

    /// <summary>Shows the resource below another one.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource =>
        builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    /// <summary>Draws an arrow to a resource that this one uses.</summary>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource =>
        builder.WithRelationship(resourceBuilder.Resource, KnownRelationshipTypes.Reference);

    /// <summary>Draws an arrow to a resource that this one uses.</summary>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource =>
        builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    /// <summary>Draws an arrow of a type.</summary>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource =>
        builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    /// <summary>Sets the icon of the resource in the dashboard.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="iconName">Name of a Fluent UI icon.</param>
    /// <param name="iconVariant">Its variant.</param>
    public static IResourceBuilder<T> WithIconName<T>(this IResourceBuilder<T> builder, string iconName, IconVariant iconVariant = IconVariant.Filled)
        where T : IResource =>
        builder.WithAnnotation(new ResourceIconAnnotation(iconName, iconVariant), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Sets the first snapshot of the resource.</summary>
    public static IResourceBuilder<T> WithInitialState<T>(this IResourceBuilder<T> builder, CustomResourceSnapshot initialSnapshot)
        where T : IResource =>
        builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Starts the resource on command only.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource =>
        builder.WithAnnotation(new ExplicitStartupAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Leaves the resource out of a deployment manifest; without effect here.</summary>
    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder;

    private static IResourceBuilder<T> WithReferencesOf<T>(this IResourceBuilder<T> builder, object value)
        where T : IResource
    {
        foreach (var resource in ResourceReferences.Of(value).Where(r => !ReferenceEquals(r, builder.Resource)))
        {
            if (!builder.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any(r => ReferenceEquals(r.Resource, resource)))
                builder.WithRelationship(resource, KnownRelationshipTypes.Reference);
        }

        return builder;
    }
}
