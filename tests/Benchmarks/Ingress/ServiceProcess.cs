using EventSourcing.Benchmarks.Processes;
using EventSourcing.TestKit;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>A service as a process of its own on a free loopback port.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int MostLines = 20;

    private readonly string _name;
    private readonly ChildProgram _program;

    private ServiceProcess(string name, ChildProgram program, Uri address) => (_name, _program, Address) = (name, program, address);

    /// <summary>Where it serves HTTP.</summary>
    public Uri Address { get; }

    /// <summary>Whether it runs, and the last lines that it has printed.</summary>
    public string Description => $"{_name} {_program.State}. Its last lines:\n{string.Join('\n', _program.Output.Split('\n').TakeLast(MostLines))}";

    /// <summary>Starts it; returns once its <c>/health</c> says <c>Healthy</c>.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not become healthy; the message holds its output.</exception>
    public static async Task<ServiceProcess> StartAsync(ServiceDefinition definition, string bootstrapServers, CancellationToken stop)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        using var http = new HttpClient { BaseAddress = address };
        var program = await ChildProgram.StartAsync(
            $"src/Producers/{definition.Name}", token => IsHealthyAsync(http, token), environment: folder => Variables(definition, bootstrapServers, address, folder), stop: stop);
        return new ServiceProcess(definition.Name, program, address);
    }

    /// <summary>User and system time that it has used so far.</summary>
    public TimeSpan CpuTime() => Processes.CpuTime.Of(_program.Id);

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static Dictionary<string, string?> Variables(ServiceDefinition definition, string bootstrapServers, Uri address, string folder)
    {
        var variables = new Dictionary<string, string?>(definition.Settings)
        {
            ["ConnectionStrings__kafka"] = bootstrapServers,
            [definition.AddressVariable] = address.GetLeftPart(UriPartial.Authority),
        };
        foreach (var variable in definition.Folders.Append("Backbone__SpoolDirectory"))
        {
            variables[variable] = Path.Combine(folder, variable);
        }

        return variables;
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            return await http.GetStringAsync("health", stop) == "Healthy";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
