using System.Text;

namespace EventSourcing.CloudEvents.Tests.Vectors;

/// <summary>An HTTP request as text, as the features show it.</summary>
internal static class RawHttp
{
    public static HttpRequestMessage Parse(string text)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = text[..split].Split('\n');
        var request = new HttpRequestMessage(new HttpMethod(lines[0].Split(' ')[0]), "http://localhost/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text[(split + 2)..])),
        };
        foreach (var line in lines.Skip(1))
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                request.Content.Headers.TryAddWithoutValidation(name, value);
            else if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }
}
