using System.Text.Json;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Runs one of the scripts in <c>Judges/Node</c>: a JSON request in, a JSON answer out.</summary>
internal static class NodeClient
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly string Folder = Repository.PathOf("tests/Local/LocalKafka.Tests/Judges/Node");

    /// <summary>Starts a script that runs until it is ended.</summary>
    public static TestProcess Start(string script, params IEnumerable<string> arguments) =>
        TestProcess.Start(Tools.Need(Tools.Node, Requires.NodeReason), [script, .. arguments], workingDirectory: Folder);

    public static async Task<T> RunAsync<T>(string script, object request, CancellationToken stop)
    {
        var input = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        var node = Tools.Need(Tools.Node, Requires.NodeReason);
        var result = await ProcessRunner.RunAsync(node, [script], input, workingDirectory: Folder, timeout: Deadline + Deadline, stop: stop);
        return JsonSerializer.Deserialize<T>(result.EnsureSuccess().Lines[^1], JsonSerializerOptions.Web)!;
    }
}
