using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>Opens the spool of this process.</summary>
internal static class SpoolFactory
{
    /// <exception cref="OptionsValidationException">The folder or the file cannot be used.</exception>
    public static (SpoolLease Lease, SpoolStore Store) Open(BackboneOptions options, string application)
    {
        var folder = Path.GetFullPath(options.SpoolDirectory, AppContext.BaseDirectory);
        SpoolLease? lease = null;
        try
        {
            lease = SpoolLease.Take(folder, application);
            return (lease, new SpoolStore(lease.DatabasePath));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            lease?.Dispose();
            throw new OptionsValidationException(BackboneOptions.SectionName, typeof(BackboneOptions),
                [$"Backbone:SpoolDirectory: {folder} cannot be used ({exception.Message}). Name a writable folder, or set Failover=Refuse on every route."]);
        }
    }
}
