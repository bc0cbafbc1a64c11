namespace EventSourcing.LocalKafka;

/// <summary>The data directory cannot be used; the message says why and what to do.</summary>
public sealed class DataDirectoryException : IOException
{
    /// <summary>Creates the exception.</summary>
    public DataDirectoryException()
    {
    }

    /// <summary>Creates the exception with its message.</summary>
    public DataDirectoryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and cause.</summary>
    public DataDirectoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
