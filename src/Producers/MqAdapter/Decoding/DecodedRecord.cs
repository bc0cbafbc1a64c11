namespace EventSourcing.MqAdapter.Decoding;

/// <summary>What becomes one event's data.</summary>
/// <param name="Data">The data, UTF-8.</param>
/// <param name="ContentType">Their media type.</param>
/// <param name="Key">Value of the key field; null when the key comes from elsewhere.</param>
/// <param name="Time">Value of the time field; null when there is none.</param>
internal sealed record DecodedRecord(byte[] Data, string ContentType, string? Key = null, DateTimeOffset? Time = null);
