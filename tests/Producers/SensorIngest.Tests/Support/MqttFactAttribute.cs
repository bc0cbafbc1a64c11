using System.Runtime.CompilerServices;
using EventSourcing.TestKit;

namespace EventSourcing.SensorIngest.Tests.Support;

/// <summary>A test that needs the mosquitto broker and its clients: skipped with the reason where they are missing, failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MqttFactAttribute : FactAttribute
{
    public const string Reason = $"{Requires.MosquittoReason}; {Requires.MosquittoClientsReason}";

    public MqttFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = Reason;
        SkipType = typeof(MqttFactAttribute);
        SkipUnless = nameof(IsPossible);
    }

    public static bool IsPossible => Requires.Mosquitto && Requires.MosquittoClients;
}
