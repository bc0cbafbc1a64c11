using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes to the console logs of resource instances.</summary>
internal sealed class ResourceLogger(IReadOnlyList<ResourceLog> logs) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (exception is not null)
            text = $"{text} {exception.Message}";
        foreach (var log in logs)
            log.Append(text, logLevel >= LogLevel.Error);
    }
}
