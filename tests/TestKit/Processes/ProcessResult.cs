namespace EventSourcing.TestKit.Processes;

/// <summary>How a process ended and all that it printed.</summary>
public sealed record ProcessResult(string Command, int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>The non-empty lines of standard output.</summary>
    public string[] Lines => StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>This result, if the process exited with 0.</summary>
    /// <exception cref="InvalidOperationException">It did not; the message holds the end of what it printed.</exception>
    public ProcessResult EnsureSuccess() => ExitCode == 0 ? this : throw new InvalidOperationException(ToString());

    public override string ToString() =>
        $"`{Command}` exited with {ExitCode}.{Section("stdout", StandardOutput)}{Section("stderr", StandardError)}";

    private static string Section(string name, string text) =>
        string.IsNullOrWhiteSpace(text) ? "" : $"\n--- {name}\n{(text.Length > 4_000 ? "…" + text[^4_000..] : text)}";
}
