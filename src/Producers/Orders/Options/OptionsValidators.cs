using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Options;

[OptionsValidator]
internal sealed partial class OrdersOptionsValidator : IValidateOptions<OrdersOptions>;

[OptionsValidator]
internal sealed partial class OutboxOptionsValidator : IValidateOptions<OutboxOptions>;

/// <summary>Checks what an attribute cannot say.</summary>
internal sealed class OrdersOptionsConsistency : IValidateOptions<OrdersOptions>
{
    public ValidateOptionsResult Validate(string? name, OrdersOptions options) =>
        options.SchemaBaseUri.IsAbsoluteUri && options.SchemaBaseUri.AbsolutePath.EndsWith('/')
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Orders:SchemaBaseUri must be an absolute URI that ends in a slash, such as https://shop.example/schemas/.");
}
