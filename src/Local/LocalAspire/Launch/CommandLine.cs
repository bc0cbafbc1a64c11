using System.Text;

namespace Aspire.Hosting.Launch;

/// <summary>Splits a command line as a shell does: at blanks outside of double quotes.</summary>
internal static class CommandLine
{
    public static IEnumerable<string> Split(string? text)
    {
        var arg = new StringBuilder();
        var (quoted, started) = (false, false);
        foreach (var c in text ?? "")
        {
            if (c == '"')
            {
                (quoted, started) = (!quoted, true);
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                if (started)
                    yield return arg.ToString();
                arg.Clear();
                started = false;
            }
            else
            {
                arg.Append(c);
                started = true;
            }
        }

        if (started)
            yield return arg.ToString();
    }
}
