using EventSourcing.TestKit;
using EventSourcing.TestKit.Net;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>The service as a process of its own, behind a relay that keeps its address over restarts.</summary>
internal static class FeedProcess
{
    public static TestProcess Start(string kafka, string folder, TcpRelay relay, params (string Key, string? Value)[] settings)
    {
        relay.Target = FreePort.Next();
        var environment = FeedHost.Settings(kafka, folder, relay.Port);
        foreach (var (key, value) in settings)
            environment[key] = value;
        environment = environment.ToDictionary(own => own.Key.Replace(":", "__", StringComparison.Ordinal), own => own.Value);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{relay.Target}";
        environment["ASPNETCORE_CONTENTROOT"] = folder;
        environment["Logging__LogLevel__Microsoft"] = "Warning";
        return TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "SocialFeed.dll")], environment, AppContext.BaseDirectory);
    }

    /// <summary>Until the service says that it is ready, or alive.</summary>
    public static Task AnswersAsync(this TestProcess service, HttpClient http, CancellationToken stop, string path = "/health") => Eventually.TrueAsync(
        async token =>
        {
            try
            {
                return service.HasExited ? throw new InvalidOperationException(service.Output) : (await http.GetAsync(path, token)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        $"{path} is answered",
        stop: stop);
}
