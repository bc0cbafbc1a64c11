namespace EventSourcing.LocalKafka.Storage;

/// <summary>Arithmetic of producer sequence numbers, which count from 0 to 2^31-1 and start again.</summary>
internal static class SequenceNumber
{
    public static int Add(int sequence, int count) => (int)(((long)sequence + count) & int.MaxValue);

    /// <summary>How many numbers <paramref name="last"/> is after <paramref name="first"/>.</summary>
    public static int Distance(int first, int last) => (int)(((long)last - first) & int.MaxValue);

    /// <summary>Whether <paramref name="sequence"/> lies in the half of the circle that ends at <paramref name="last"/>.</summary>
    public static bool IsAtOrBefore(int sequence, int last) => (((long)last - sequence) & int.MaxValue) < int.MaxValue / 2;
}
