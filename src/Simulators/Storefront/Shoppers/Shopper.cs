using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Shop;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>One visitor on a walk through the shop: home, products, now and then into the cart, sometimes to the checkout, and again.</summary>
internal sealed class Shopper(string visitor, EventFactory events, Random chance, string shop)
{
    private const int MaxStepsPerVisit = 40;
    private int _visit = 1;
    private int _steps;
    private string _page = "/";
    private Product? _wanted;

    /// <summary>The next thing the visitor does.</summary>
    public NumberedEvent Step()
    {
        if (++_steps > MaxStepsPerVisit)
            Leave();
        return _wanted is { } product ? FollowUp(product) : Browse();
    }

    // A click is followed by what it led to.
    private NumberedEvent FollowUp(Product product)
    {
        _wanted = null;
        var (referrer, next) = (_page, $"/products/{product.Sku}");
        _page = next;
        return View(next, referrer);
    }

    private NumberedEvent Browse() => chance.Next(10) switch
    {
        0 => View(_page = "/", _page),
        1 => View(_page = "/cart", _page),
        2 => Tell("cart.item-added", Any()),
        3 when _page == "/cart" => CheckOut(),
        _ => Click(_wanted = Any()),
    };

    private NumberedEvent CheckOut()
    {
        var told = Tell("checkout.completed", Any());
        Leave();
        return told;
    }

    private NumberedEvent View(string page, string referrer) =>
        events.Create(visitor, new PageView(Session, shop + page, shop + referrer));

    private NumberedEvent Click(Product product) => events.Create(
        visitor, new Click(Session, shop + _page, "product", new Dictionary<string, string> { ["sku"] = product.Sku }));

    private NumberedEvent Tell(string name, Product product) => events.Create(
        visitor, new CustomEvent(Session, shop + _page, name, new Dictionary<string, string> { ["sku"] = product.Sku }));

    private string Session => $"{visitor}-{_visit}";

    private Product Any() => Catalogue.Products[chance.Next(Catalogue.Products.Count)];

    private void Leave() => (_visit, _steps, _page, _wanted) = (_visit + 1, 0, "/", null);
}
