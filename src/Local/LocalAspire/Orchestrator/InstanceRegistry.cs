using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>The processes of all resources.</summary>
internal sealed class InstanceRegistry
{
    private const int SuffixLength = 8;
    private readonly Dictionary<string, ProcessInstance> _byId = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<ProcessInstance> All => _byId.Values;

    /// <summary>Names the processes of every resource that runs some. Once, before anything starts.</summary>
    public void Create(DistributedApplicationModel model)
    {
        foreach (var resource in model.Resources.Where(r => r.RunsProcesses()))
        {
            var ids = Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => $"{resource.Name}-{Suffix()}".ToLowerInvariant()).ToList();
            resource.Annotations.Add(new InstancesAnnotation(ids));
            foreach (var id in ids)
                _byId.Add(id, new ProcessInstance(resource, id));
        }
    }

    public ProcessInstance? Find(string id) => _byId.GetValueOrDefault(id);

    public IReadOnlyList<ProcessInstance> Of(IResource resource) =>
        resource.RunsProcesses() ? [.. resource.InstanceIds().Select(id => _byId[id])] : [];

    private static string Suffix() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", SuffixLength);
}
