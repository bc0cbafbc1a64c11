namespace Aspire.Hosting;

/// <summary>The application cannot be built, started or run on, for a reason that its message tells.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Without words.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>With the reason.</summary>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A parameter or connection string has no value.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>Without words.</summary>
    public MissingParameterValueException()
    {
    }

    /// <summary>With the reason.</summary>
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public MissingParameterValueException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
