using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.PostgresCdc.Positions;

/// <summary>How far a slot's changes are stored in Kafka: everything that was committed before <see cref="Lsn"/> is, and nothing has to be asked of the server again.</summary>
internal sealed class Position
{
    /// <summary>The server's <c>system_identifier</c>: positions of another cluster mean nothing.</summary>
    public string SystemId { get; set; } = "";

    /// <summary>End of the last transaction of the gap-free stored prefix, 16 hexadecimal digits.</summary>
    public string Lsn { get; set; } = Hex(0);

    /// <summary>The service ended in an orderly way after this: nothing was in flight.</summary>
    public bool Clean { get; set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>Last <c>sequence</c> per <c>source</c> at <see cref="Lsn"/>.</summary>
    public Dictionary<string, long> Sequences { get; set; } = [];

    /// <summary>LSN of the snapshot of each table whose rows are all stored; later transactions are taken from the log.</summary>
    public Dictionary<string, string> Snapshots { get; set; } = [];

    /// <summary>Highest value seen in the poll column, by polled table.</summary>
    public Dictionary<string, string> Polled { get; set; } = [];

    /// <summary><see cref="Lsn"/> as number.</summary>
    [JsonIgnore]
    public ulong LsnValue
    {
        get => Value(Lsn);
        set => Lsn = Hex(value);
    }

    /// <summary>An LSN as it stands in ids and positions.</summary>
    public static string Hex(ulong lsn) => lsn.ToString("X16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number of an LSN of <see cref="Hex"/>; 0 when it is none.</summary>
    public static ulong Value(string? hex) => ulong.TryParse(hex, System.Globalization.NumberStyles.HexNumber, null, out var lsn) ? lsn : 0;

    /// <summary>As JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PositionJson.Default.Position);

    /// <summary>From JSON; null when it is none.</summary>
    public static Position? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PositionJson.Default.Position);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Source-generated JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Position))]
internal sealed partial class PositionJson : JsonSerializerContext;
