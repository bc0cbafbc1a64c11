namespace EventSourcing.Storefront.Events;

/// <summary>Names this run of the process in its events' sources: a new run is a new producer that counts from 1 again.</summary>
internal sealed class RunId
{
    /// <summary>Six hexadecimal digits.</summary>
    public string Value { get; } = Guid.NewGuid().ToString("N")[..6];

    /// <summary>A source of this run: <c>/storefront/7f3a9c/http/1</c>.</summary>
    public string Source(string path) => $"/storefront/{Value}/{path}";
}
