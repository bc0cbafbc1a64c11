using Microsoft.AspNetCore.Http.HttpResults;

namespace EventSourcing.Storefront.Shop;

/// <summary>The shop's pages and forms.</summary>
internal static class ShopEndpoints
{
    private const string Html = "text/html; charset=utf-8";

    public static void MapShop(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", (Pages pages) => TypedResults.Content(pages.Home(), Html));
        endpoints.MapGet("/products/{sku}", IResult (Pages pages, string sku) =>
            Catalogue.Find(sku) is { } product ? TypedResults.Content(pages.ProductPage(product), Html) : TypedResults.NotFound());
        endpoints.MapGet("/cart", (Pages pages, HttpRequest request) => TypedResults.Content(pages.CartPage(Cart.Read(request)), Html));
        endpoints.MapPost("/cart", AddToCartAsync);
        endpoints.MapPost("/checkout", CheckOutAsync);
        endpoints.MapGet("/shop.js", () => Asset("shop.js", "text/javascript; charset=utf-8"));
        endpoints.MapGet("/shop.css", () => Asset("shop.css", "text/css; charset=utf-8"));
    }

    private static async Task<IResult> AddToCartAsync(HttpContext context, ShopEvents events, CancellationToken stop)
    {
        var form = await context.Request.ReadFormAsync(stop);
        if (Catalogue.Find(form["sku"]) is not { } product)
            return TypedResults.BadRequest("There is no such product.");
        Cart.Add(context, product);
        events.Tell(context.Request, form, "cart.item-added", new Dictionary<string, string> { ["sku"] = product.Sku });
        return SeeOther(context, "/cart");
    }

    private static async Task<IResult> CheckOutAsync(HttpContext context, ShopEvents events, CancellationToken stop)
    {
        var form = await context.Request.ReadFormAsync(stop);
        var items = Cart.Read(context.Request);
        if (items.Count > 0)
            events.Tell(context.Request, form, "checkout.completed", new Dictionary<string, string> { ["items"] = $"{items.Count}" });
        Cart.Empty(context);
        return SeeOther(context, "/");
    }

    private static StatusCodeHttpResult SeeOther(HttpContext context, string location)
    {
        context.Response.Headers.Location = location;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static FileStreamHttpResult Asset(string name, string contentType) =>
        TypedResults.Stream(typeof(ShopEndpoints).Assembly.GetManifestResourceStream(name)!, contentType);
}
