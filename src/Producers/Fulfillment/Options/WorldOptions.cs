using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Options;

/// <summary>The simulated warehouse, bank and carrier: of a hundred orders, how many meet what. Which ones follows from the order's id.</summary>
public sealed class WorldOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "World";

    /// <summary>Orders whose stock is out, of a hundred; 0 to 100, default 1.</summary>
    [Range(0, 100)] public double OutOfStockPercent { get; set; } = 1;

    /// <summary>Orders whose payment is declined, of a hundred; 0 to 100, default 3.</summary>
    [Range(0, 100)] public double PaymentDeclinedPercent { get; set; } = 3;

    /// <summary>Steps whose first two attempts do not succeed, of a hundred; 0 to 100, default 5.</summary>
    [Range(0, 100)] public double TransientPercent { get; set; } = 5;

    /// <summary>Orders that are never packed, so that they time out; of a hundred, 0 to 100, default 0.5.</summary>
    [Range(0, 100)] public double StuckPercent { get; set; } = 0.5;
}

[OptionsValidator]
internal sealed partial class WorldOptionsValidator : IValidateOptions<WorldOptions>;
