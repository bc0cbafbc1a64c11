using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dcp;

/// <summary>Address and token of a DCP API server, from the file it writes when it listens.</summary>
internal sealed partial record KubeConfig(Uri Server, string Token)
{
    /// <returns>Null while the file is missing or half written.</returns>
    public static KubeConfig? TryRead(string path)
    {
        if (!File.Exists(path))
            return null;

        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null; // DCP is writing it
        }

        var (server, token) = (ServerLine().Match(text), TokenLine().Match(text));
        return server.Success && token.Success ? new KubeConfig(new Uri(server.Groups[1].Value), token.Groups[1].Value) : null;
    }

    [GeneratedRegex(@"^\s*server:\s*(https://\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"^\s*token:\s*(\S+)\s*\n", RegexOptions.Multiline)]
    private static partial Regex TokenLine();
}
