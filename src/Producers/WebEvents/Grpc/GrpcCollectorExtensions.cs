using EventSourcing.WebEvents.Options;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>Adds gRPC with this service's limits.</summary>
internal static class GrpcCollectorExtensions
{
    public static IServiceCollection AddGrpcCollector(this IServiceCollection services)
    {
        services.AddGrpc();
        services.AddSingleton<IServiceMethodProvider<CollectorService>, CollectorBinding>();
        services.AddSingleton<StreamRunner>();
        services.AddSingleton<StreamDrain>().AddHostedService(static services => services.GetRequiredService<StreamDrain>());
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<CollectorOptions>>(
            (grpc, collector) => grpc.MaxReceiveMessageSize = collector.Value.MaxMessageBytes);
        return services;
    }
}
