namespace EventSourcing.Storefront.Shop;

/// <summary>A cart, kept in the visitor's own cookie: the server holds nothing per visitor.</summary>
internal static class Cart
{
    private const string CookieName = "cart";
    private const int MaxItems = 50;

    /// <summary>What is in the cart; unknown products in the cookie are left out.</summary>
    public static IReadOnlyList<Product> Read(HttpRequest request) =>
        [.. (request.Cookies[CookieName] ?? "").Split('.', MaxItems + 1).Take(MaxItems).Select(Catalogue.Find).OfType<Product>()];

    /// <summary>Puts one more product in; a full cart stays as it is.</summary>
    public static void Add(HttpContext context, Product product) =>
        Write(context, [.. Read(context.Request).Append(product).Take(MaxItems)]);

    public static void Empty(HttpContext context) => context.Response.Cookies.Delete(CookieName);

    private static void Write(HttpContext context, IEnumerable<Product> products) => context.Response.Cookies.Append(
        CookieName, string.Join('.', products.Select(product => product.Sku)), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax });
}
