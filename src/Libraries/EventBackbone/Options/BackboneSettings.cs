using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone.Options;

/// <summary>The configuration of the backbone as it is used: read once, complete and valid.</summary>
internal sealed record BackboneSettings(
    BackboneOptions Options, string BootstrapServers, IReadOnlyList<RouteSettings> Routes, ClientSettings Clients, ConsumingOptions Consuming)
{
    /// <summary>Reads and validates everything.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong; the exception lists every error with its path.</exception>
    public static BackboneSettings Read(IConfiguration configuration, BackboneRegistration registration)
    {
        var errors = new List<string>();
        var section = configuration.GetSection(BackboneOptions.SectionName);
        var options = new BackboneOptions();
        SectionReader.Read(section, options, errors, "Routes", "Consuming", ClientSettings.ClientKey, ClientSettings.ProducerKey, ClientSettings.ConsumerKey);
        SectionReader.Validate(BackboneOptions.SectionName, options, errors);

        var consuming = new ConsumingOptions();
        SectionReader.Read(section.GetSection("Consuming"), consuming, errors);
        SectionReader.Validate(ConsumingOptions.SectionName, consuming, errors);

        var servers = configuration.GetConnectionString(registration.ConnectionName);
        if (string.IsNullOrWhiteSpace(servers))
            errors.Add($"ConnectionStrings:{registration.ConnectionName}: missing; it holds Kafka's bootstrap servers, host:port,host:port.");

        var routes = RouteSettings.ReadAll(section.GetSection("Routes"), registration.Routes, errors);
        var clients = ClientSettings.Read(section, errors);
        return errors.Count == 0
            ? new BackboneSettings(options, servers!, routes, clients, consuming)
            : throw new OptionsValidationException(BackboneOptions.SectionName, typeof(BackboneOptions), errors);
    }
}
