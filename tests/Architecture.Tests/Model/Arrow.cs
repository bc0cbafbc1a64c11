namespace EventSourcing.Architecture.Tests.Model;

/// <summary>Two resources that talk to each other. A diagram draws the flow of events, code the reference, so direction plays no part.</summary>
internal sealed record Arrow(string First, string Second)
{
    public static Arrow Between(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? new Arrow(one, other) : new Arrow(other, one);

    public override string ToString() => $"{First} - {Second}";
}
