using EventSourcing.WebEvents.V1;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>
/// Binds the service as its contract says, but with <see cref="UnreadableMessage"/> in the place of a parsing error. The generated base class
/// would bind it with the strict marshallers, so the service does not derive from it.
/// </summary>
internal sealed class CollectorBinding : IServiceMethodProvider<CollectorService>
{
    private static readonly object[] Metadata = [new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true)];

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<CollectorService> context)
    {
        var contract = new Contract();
        Collector.BindService(contract, null);
        context.AddUnaryMethod(
            contract.Find<Receipt>(nameof(CollectorService.Publish)), Metadata, static (service, request, call) => service.Publish(request, call));
        context.AddClientStreamingMethod(
            contract.Find<Summary>(nameof(CollectorService.PublishMany)), Metadata, static (service, requests, call) => service.PublishMany(requests, call));
        context.AddDuplexStreamingMethod(
            contract.Find<Receipt>(nameof(CollectorService.PublishStream)), Metadata,
            static (service, requests, receipts, call) => service.PublishStream(requests, receipts, call));
    }

    /// <summary>The methods as the generated code describes them.</summary>
    private sealed class Contract : ServiceBinderBase
    {
        private readonly Dictionary<string, IMethod> _methods = [];

        public Method<EventMessage, TResponse> Find<TResponse>(string name)
            where TResponse : class => UnreadableMessage.Tolerate((Method<EventMessage, TResponse>)_methods[name]);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            _methods.Add(method.Name, method);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            _methods.Add(method.Name, method);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            _methods.Add(method.Name, method);
    }
}
