namespace EventSourcing.LocalKafka.Protocol;

/// <summary>The versions of an API this broker serves, and the first that uses compact encodings and tagged fields.</summary>
internal readonly record struct VersionRange(short Minimum, short Maximum, short FirstFlexible)
{
    public bool Contains(short version) => version >= Minimum && version <= Maximum;

    public bool IsFlexible(short version) => version >= FirstFlexible;
}
