namespace EventSourcing.PostgresCdc.Postgres;

/// <summary>Capture is not possible as things are on the server; it is tried again, for somebody may mend them.</summary>
internal sealed class CaptureException : Exception
{
    public CaptureException()
    {
    }

    public CaptureException(string message)
        : base(message)
    {
    }

    public CaptureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
