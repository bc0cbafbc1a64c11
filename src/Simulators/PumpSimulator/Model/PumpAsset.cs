using System.Text.Json.Serialization;

namespace EventSourcing.PumpSimulator.Model;

/// <summary>A pump as the original describes a new asset, and as its file of test pumps holds it. Latitude and longitude are strings there.</summary>
internal sealed record PumpAsset
{
    public required string Id { get; init; }

    public string? Os { get; init; }

    public string? Version { get; init; }

    public string? Type { get; init; }

    public string? IpAddress { get; init; }

    public string? Antivirus { get; init; }

    public int Rotation { get; init; }

    public int Current { get; init; }

    public int Pressure { get; init; }

    public int FlowRate { get; init; }

    public int Temperature { get; init; }

    public int RiskRating { get; init; } = -1;

    public string? Latitude { get; init; }

    public string? Longitude { get; init; }

    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>A random pump, with the original's fixed values and ranges.</summary>
    /// <param name="random">Source of the figures and of the id.</param>
    /// <param name="number">Last number of its address, counting from 0.</param>
    /// <param name="now">Creation date.</param>
    public static PumpAsset Generate(Random random, int number, DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        id[7] = (byte)((id[7] & 0x0f) | 0x40);      // RFC 9562: version 4 (the Guid constructor takes the first groups little-endian)
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new PumpAsset
        {
            Id = new Guid(id).ToString(),
            Os = "Raspbian",
            Version = "0.0.1",
            Type = "ESP",
            IpAddress = $"172.16.0.{number}",
            Antivirus = "v2.3",
            Rotation = random.Next(0, 360),
            Current = random.Next(10, 120),
            Pressure = random.Next(0, 1_000),
            FlowRate = random.Next(0, 100),
            Temperature = random.Next(0, 300),
            Latitude = "30.307182",
            Longitude = "-97.755996",
            CreationDate = now,
        };
    }
}

/// <summary>JSON of files with pumps. A member that comes twice counts as it comes last, as in the original's own file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<PumpAsset>))]
internal sealed partial class PumpFileJson : JsonSerializerContext;
