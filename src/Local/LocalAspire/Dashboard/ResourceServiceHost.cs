using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>The gRPC service on loopback that tells the dashboard about the resources.</summary>
internal sealed class ResourceServiceHost(IConfiguration configuration, IServiceProvider services, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _web;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_web?.Urls.First() ?? throw new InvalidOperationException("The resource service does not run."));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var port = ConfiguredPort();
        try
        {
            _web = Build(port);
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException e) when (port != 0 && e.InnerException is AddressInUseException)
        {
            DashboardLog.ResourceServicePortTaken(loggers.CreateLogger<ResourceServiceHost>(), port);
            await DisposeAsync();
            _web = Build(0);
            await _web.StartAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? ValueTask.CompletedTask;

    private int ConfiguredPort() =>
        configuration["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] is { Length: > 0 } url && !configuration.GetValue("DcpPublisher:RandomizePorts", false)
            ? BindingAddress.Parse(url).Port : 0;

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1)); // its streams are endless
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<ApiKeyInterceptor>());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(new ApiKeyInterceptor(configuration[DashboardKeys.ResourceServiceApiKey]));
        foreach (var type in (Type[])[typeof(ResourceNotificationService), typeof(ResourceLoggerService), typeof(ResourceCommandService), typeof(IHostEnvironment)])
            builder.Services.AddSingleton(type, services.GetRequiredService(type));

        var web = builder.Build();
        web.UseRouting();
        web.MapGrpcService<DashboardServiceImplementation>();
        return web;
    }
}
