using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// Environment values and arguments are templates to DCP. Ports of processes are written as templates on purpose;
/// every other <c>{{</c> is text and is escaped. A template of an unknown service would keep the process waiting forever, so it is refused here.
/// </summary>
internal static partial class TemplateText
{
    private const string LiteralBraces = "{{ \"{{\" }}";

    public static string PortForServing(string serviceName) => $$$"""{{portForServing "{{{serviceName}}}"}}""";

    /// <exception cref="DistributedApplicationException">A template names a service that does not exist.</exception>
    public static string Escape(string value, Func<string, bool> isService, string what)
    {
        if (!value.Contains("{{", StringComparison.Ordinal))
            return value;

        var text = new StringBuilder();
        var end = 0;
        foreach (Match template in Template().Matches(value))
        {
            if (!isService(template.Groups[1].Value))
                throw new DistributedApplicationException($"{what} refers to the port of '{template.Groups[1].Value}', which is no endpoint of this application.");
            text.Append(Literal(value[end..template.Index])).Append(template.Value);
            end = template.Index + template.Length;
        }

        return text.Append(Literal(value[end..])).ToString();
    }

    private static string Literal(string text) => text.Replace("{{", LiteralBraces, StringComparison.Ordinal);

    [GeneratedRegex("""\{\{portForServing "([^"]*)"\}\}""")]
    private static partial Regex Template();
}
