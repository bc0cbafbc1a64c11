using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds containers. This subset models them and runs none: see the README.</summary>
public static class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container of an image, <c>name</c> or <c>name:tag</c>.</summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, string name, string image)
    {
        var colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/')
            ? builder.AddContainer(name, image[..colon], image[(colon + 1)..])
            : builder.AddContainer(name, image, "latest");
    }

    /// <summary>Adds a container of an image and tag.</summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, string name, string image, string tag) =>
        builder.AddResource(new ContainerResource(name)).WithImage(image, tag);

    /// <summary>Sets image and tag.</summary>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerImageAnnotation(image, tag ?? "latest"), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Mounts a named volume.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(name, target, "volume", isReadOnly));

    /// <summary>Mounts a directory or file, relative to the AppHost's directory.</summary>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(
            Path.GetFullPath(Path.Combine(builder.ApplicationBuilder.AppHostDirectory, source)), target, "bind", isReadOnly));

    /// <summary>How long the container lives.</summary>
    public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerLifetimeAnnotation(lifetime), ResourceAnnotationMutationBehavior.Replace);
}
