using System.Globalization;
using System.Text.Encodings.Web;
using EventSourcing.Storefront.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Storefront.Shop;

/// <summary>The shop's pages as HTML. Everything that may become a click event carries <c>data-track</c>.</summary>
internal sealed class Pages(IOptions<TrackerOptions> tracker)
{
    // The hidden fields are filled by shop.js, and only with the visitor's consent.
    private const string Visitor = """<input type="hidden" name="visitor"><input type="hidden" name="session">""";

    public string Home() => Page("Pump spares", $"<ul class=\"products\">{string.Concat(Catalogue.Products.Select(Item))}</ul>");

    public string ProductPage(Product product) => Page(product.Name, $"""
        <p class="price">{Euro(product.Price)}</p>
        <form method="post" action="/cart">
          <input type="hidden" name="sku" value="{Text(product.Sku)}">{Visitor}
          <button data-track="add-to-cart" data-track-sku="{Text(product.Sku)}">Add to cart</button>
        </form>
        """);

    public string CartPage(IReadOnlyList<Product> products) => Page("Cart", products.Count == 0
        ? "<p>The cart is empty.</p>"
        : $"""
          <ul class="products">{string.Concat(products.Select(Item))}</ul>
          <p class="price">{Euro(products.Sum(product => product.Price))}</p>
          <form method="post" action="/checkout">{Visitor}<button data-track="checkout">Check out</button></form>
          """);

    private static string Item(Product product) => $"""
        <li><a href="/products/{Text(product.Sku)}" data-track="product" data-track-sku="{Text(product.Sku)}">{Text(product.Name)}</a> {Euro(product.Price)}</li>
        """;

    private static string Euro(decimal amount) => amount.ToString("0.00 €", CultureInfo.InvariantCulture);

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private string Page(string title, string content)
    {
        var collector = Text(tracker.Value.CollectorUrl!.GetLeftPart(UriPartial.Authority));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{Text(title)}</title>
              <link rel="icon" href="data:,">
              <link rel="stylesheet" href="/shop.css">
              <script src="{collector}/tracker.js" data-site="storefront" data-flush-count="{tracker.Value.FlushCount}" data-flush-interval="{(int)tracker.Value.FlushInterval.TotalMilliseconds}" defer></script>
              <script src="/shop.js" defer></script>
            </head>
            <body>
              <nav><a href="/" data-track="home">Shop</a> <a href="/cart" data-track="cart">Cart</a></nav>
              <h1>{Text(title)}</h1>
              {content}
              <aside id="consent" hidden>
                May we count your visit? <button id="consent-yes">Yes</button> <button id="consent-no">No</button>
              </aside>
            </body>
            </html>
            """;
    }
}
