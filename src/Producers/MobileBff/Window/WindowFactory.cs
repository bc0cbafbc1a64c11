using EventSourcing.MobileBff.Options;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Window;

/// <summary>Opens the window of this process.</summary>
internal static class WindowFactory
{
    private const string FileName = "mobile-bff.window";

    /// <exception cref="OptionsValidationException">The folder or the file cannot be used.</exception>
    public static WindowStore Open(WindowOptions options)
    {
        var folder = Path.GetFullPath(options.Directory, AppContext.BaseDirectory);
        try
        {
            Directory.CreateDirectory(folder);
            return new WindowStore(Path.Combine(folder, FileName), Routes.MobileEvents.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new OptionsValidationException(WindowOptions.SectionName, typeof(WindowOptions),
                [$"Window:Directory: {folder} cannot be used ({exception.Message}). Name a writable folder of this process's own: replicas do not share a window."]);
        }
    }
}
