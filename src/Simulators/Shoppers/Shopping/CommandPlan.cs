namespace EventSourcing.Shoppers.Shopping;

/// <summary>Decides, from a seed, what a channel's customers order and which orders they cancel some commands later.</summary>
/// <param name="seed">Seed.</param>
/// <param name="cancelPercent">Orders that are cancelled, of a hundred.</param>
/// <param name="customers">Customers, count.</param>
internal sealed class CommandPlan(int seed, double cancelPercent, int customers)
{
    private const int LongestRegret = 20;
    private const int MostLines = 4;

    private static readonly (string Sku, decimal Price)[] Articles =
    [
        ("book-patterns", 54.99m), ("coffee-500g", 7.95m), ("pencil-hb-12", 3.49m), ("game-console", 299m), ("wrench-13mm", 12.90m), ("lamp-desk", 39.5m),
        ("headphones", 89.99m), ("notebook-a5", 2.79m),
    ];

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<long, long> _regrets = new();
    private long _number;
    private long _regretted;

    /// <summary>The next command: an order's lines, or the number of the command whose order is cancelled.</summary>
    public (string Customer, IReadOnlyList<OrderLine> Lines, long? Cancels) Next()
    {
        _number++;
        if (_regrets.TryPeek(out _, out var due) && due <= _number)
            return ("", [], _regrets.Dequeue());
        var customer = $"customer-{_random.Next(customers) + 1}";
        var lines = new OrderLine[_random.Next(MostLines) + 1];
        for (var i = 0; i < lines.Length; i++)
        {
            var (sku, price) = Articles[_random.Next(Articles.Length)];
            lines[i] = new OrderLine(sku, _random.Next(3) + 1, price);
        }

        if (_random.NextDouble() * 100 < cancelPercent)
        {
            _regrets.Enqueue(_number, _number + 1 + _random.Next(LongestRegret));
            _regretted = _number;
        }

        return (customer, lines, null);
    }

    /// <summary>True when the order that <see cref="Next"/> has just given will be cancelled.</summary>
    public bool WillCancel(long number) => number == _regretted;
}
