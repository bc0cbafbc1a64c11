using System.Text.Json.Nodes;

namespace Aspire.Hosting.Dcp;

/// <summary>A process to run: all values are text, endpoints' private ports are DCP templates.</summary>
internal sealed record ProcessSpec(
    string Command, string WorkingDirectory, IReadOnlyList<string> Args, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<ServedEndpoint> Serves);

/// <summary>An endpoint that a process serves, and where it listens.</summary>
internal sealed record ServedEndpoint(string ServiceName, string Address, int Port);

/// <summary>The JSON of DCP's objects.</summary>
internal static class DcpObjects
{
    public static JsonObject Service(string name, string resource, string endpoint, int? port, bool proxied)
    {
        var spec = new JsonObject { ["protocol"] = "TCP", ["addressAllocationMode"] = proxied ? "Localhost" : "Proxyless" };
        if (proxied)
            spec["address"] = "localhost";
        if (port is not null)
            spec["port"] = port;
        return Object("Service", name, new JsonObject { ["resource-name"] = resource, ["endpoint-name"] = endpoint }, spec);
    }

    public static JsonObject Executable(string name, string resource, ProcessSpec process)
    {
        var annotations = new JsonObject { ["resource-name"] = resource };
        if (process.Serves.Count > 0)
            annotations["service-producer"] = new JsonArray([.. process.Serves.Select(Producer)]).ToJsonString();

        return Object("Executable", name, annotations, new JsonObject
        {
            ["executablePath"] = process.Command,
            ["workingDirectory"] = process.WorkingDirectory,
            ["executionType"] = "Process",
            ["args"] = new JsonArray([.. process.Args.Select(arg => JsonValue.Create(arg))]),
            ["env"] = new JsonArray([.. process.Environment.Select(v => new JsonObject { ["name"] = v.Key, ["value"] = v.Value })]),
            ["ambientEnvironment"] = new JsonObject { ["behavior"] = "Inherit" },
        });
    }

    private static JsonObject Producer(ServedEndpoint endpoint) =>
        new() { ["serviceName"] = endpoint.ServiceName, ["address"] = endpoint.Address, ["port"] = endpoint.Port };

    private static JsonObject Object(string kind, string name, JsonObject annotations, JsonObject spec) => new()
    {
        ["apiVersion"] = DcpClient.ApiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["annotations"] = annotations },
        ["spec"] = spec,
    };
}
