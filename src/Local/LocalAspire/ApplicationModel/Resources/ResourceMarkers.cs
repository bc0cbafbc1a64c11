namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A resource that takes environment variables.</summary>
    public interface IResourceWithEnvironment : IResource;

    /// <summary>A resource that takes command-line arguments.</summary>
    public interface IResourceWithArgs : IResource;

    /// <summary>A resource that listens on endpoints.</summary>
    public interface IResourceWithEndpoints : IResource;

    /// <summary>A resource whose start can wait for other resources.</summary>
    public interface IResourceWithWaitSupport : IResource;

    /// <summary>A resource that is a deployable unit.</summary>
    public interface IComputeResource : IResource;

    /// <summary>A resource that belongs to another one, is shown below it and waited for with it.</summary>
    public interface IResourceWithParent : IResource
    {
        /// <summary>The resource this one belongs to.</summary>
        IResource Parent { get; }
    }

    /// <summary>A resource that belongs to another one of a known type.</summary>
    public interface IResourceWithParent<out T> : IResourceWithParent
        where T : IResource
    {
        /// <summary>The resource this one belongs to.</summary>
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }
}

namespace Aspire.Hosting
{
    /// <summary>A resource whose endpoints other resources find by service discovery.</summary>
    public interface IResourceWithServiceDiscovery : ApplicationModel.IResourceWithEndpoints;
}
