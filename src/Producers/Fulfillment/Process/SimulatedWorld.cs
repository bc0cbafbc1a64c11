using System.IO.Hashing;
using System.Text;
using EventSourcing.Fulfillment.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Process;

/// <summary>
/// SIMULATED: warehouse, bank and carrier. What becomes of a step follows from a hash of instance and step alone, so every run, every replica and every repetition gives the
/// same. A real one is called over its protocol, with instance and step as its idempotency key, for a step whose transaction is rolled back is done again.
/// </summary>
internal sealed class SimulatedWorld(IOptions<WorldOptions> options)
{
    private const int TransientAttempts = 2;

    /// <summary>The status of an attempt at a step.</summary>
    public string Try(string instance, string step, int attempt)
    {
        var own = options.Value;
        if (step == "reserve-stock" && Falls(instance, "out-of-stock", own.OutOfStockPercent))
            return ProcessModel.Failure;
        if (step == "take-payment" && Falls(instance, "declined", own.PaymentDeclinedPercent))
            return ProcessModel.Failure;
        if (step == "pack" && Falls(instance, "stuck", own.StuckPercent))
            return ProcessModel.Waiting;
        return step != "receive-order" && attempt <= TransientAttempts && Falls(instance, step, own.TransientPercent) ? ProcessModel.Waiting : ProcessModel.Success;
    }

    private static bool Falls(string instance, string matter, double percent) =>
        XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{instance}/{matter}")) < percent / 100 * uint.MaxValue;
}
