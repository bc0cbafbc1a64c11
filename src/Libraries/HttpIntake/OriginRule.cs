namespace EventSourcing.HttpIntake;

/// <summary>Which web pages may call a service from a browser.</summary>
public static class OriginRule
{
    /// <summary>True when <paramref name="origin"/> is allowed.</summary>
    /// <param name="origin">The page's origin.</param>
    /// <param name="allowed">Origins, or <c>*</c>.</param>
    /// <param name="allowLoopback">Pages of this machine may, too.</param>
    public static bool IsAllowed(string origin, IEnumerable<string> allowed, bool allowLoopback) =>
        allowed.Any(own => own == "*" || own.Equals(origin, StringComparison.OrdinalIgnoreCase))
        || (allowLoopback && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback);

    /// <summary>True when <paramref name="origin"/> is <c>scheme://host[:port]</c> or <c>*</c>.</summary>
    public static bool IsOrigin(string origin) =>
        origin == "*" || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == origin);
}
