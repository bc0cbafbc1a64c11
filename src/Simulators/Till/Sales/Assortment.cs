namespace EventSourcing.Till.Sales;

/// <summary>Makes baskets of one group of stores, from a seed.</summary>
/// <param name="seed">Seed.</param>
/// <param name="stores">The group's stores, by number.</param>
/// <param name="maxBasket">Most sales of a basket, count.</param>
/// <param name="time">The tills' clock.</param>
internal sealed class Assortment(int seed, IReadOnlyList<int> stores, int maxBasket, TimeProvider time)
{
    private const double TakenBack = 0.03;
    private const int TillsPerStore = 4;

    private static readonly (string Sku, string Description, decimal Price)[] Articles =
    [
        ("4006381333", "PENCIL HB 12", 3.49m), ("5410041001", "BISCUITS 250G", 2.19m), ("7613034626", "COFFEE 500G", 7.95m),
        ("4011200296", "WRENCH 13MM", 12.90m), ("0012000001", "COLA 0.5L", 1.29m), ("8712100325", "MARGARINE 500G", 1.99m),
        ("9780201633", "BOOK PATTERNS", 54.99m), ("4902370536", "GAME CONSOLE", 299.00m),
    ];

    private readonly Random _random = new(seed);
    private uint _number;

    /// <summary>The next basket, of one till of one store.</summary>
    public List<Sale> Next()
    {
        var store = $"S{stores[_random.Next(stores.Count)]:D4}";
        var till = $"T{_random.Next(TillsPerStore) + 1:D2}";
        var basket = new List<Sale>();
        var now = time.GetUtcNow();
        _number = (_number % 999_999_999) + 1;
        for (var lines = _random.Next(maxBasket) + 1; lines > 0; lines--)
        {
            var (sku, description, price) = Articles[_random.Next(Articles.Length)];
            var quantity = (_random.Next(5) + 1) * (_random.NextDouble() < TakenBack ? -1 : 1);
            basket.Add(new Sale(store, till, _number, now, sku, description, quantity, price));
        }

        return basket;
    }
}
