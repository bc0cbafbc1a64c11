using System.Text.Json.Nodes;
using EventSourcing.Storefront.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.WebEvents.Tests.Support;
using Microsoft.Playwright;

namespace EventSourcing.Storefront.Tests.Browser;

/// <summary>The tracker in a real browser, from the shop's pages to the topic.</summary>
public sealed class TrackerTests(ShopFixture shop, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.ChromiumReason, SkipUnless = nameof(Requires.Chromium), SkipType = typeof(Requires))]
    public async Task Visit_WithClicksAndNavigation_IsOnTheTopicExactly()
    {
        await using var visit = await browser.NewVisitAsync(shop.Shop.Address);
        var visitor = await visit.EnterAsync();

        await visit.Page.ClickAsync("[data-track-sku=P-100]");
        await visit.Page.WaitForURLAsync("**/products/P-100");
        await visit.Page.ClickAsync("[data-track=add-to-cart]");
        await visit.Page.WaitForURLAsync("**/cart");
        await visit.Page.ClickAsync("[data-track=home]");
        await visit.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
        await visit.LeaveAsync();

        var records = await ReadAsync(visitor, 8);
        var told = records.Where(record => !record.Header("ce_source")!.StartsWith("/storefront/", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            ["page-view /", "click / product P-100", "page-view /products/P-100", "click /products/P-100 add-to-cart P-100", "page-view /cart", "click /cart home", "page-view /"],
            told.Select(Describe));
        Assert.All(told.GroupBy(record => record.Header("ce_source")), page =>
            Assert.Equal(Enumerable.Range(1, page.Count()).Select(number => (long)number), page.Select(record => record.Sequence)));
        Assert.Equal(4, told.Select(record => record.Header("ce_source")).Distinct().Count());
        Assert.Single(told.Select(record => Data(record)["sessionId"]!.GetValue<string>()).Distinct());
        Assert.All(records, record => Assert.Null(record.Header("redelivery")));
        Assert.Equal("custom /cart cart.item-added P-100", Describe(Assert.Single(records.Except(told))));
        Assert.All(visit.Sent, path => Assert.Equal("/beacon", path));
    }

    [Fact(Skip = Requires.ChromiumReason, SkipUnless = nameof(Requires.Chromium), SkipType = typeof(Requires))]
    public async Task Events_EnoughOfThem_GoOutWhileThePageStays()
    {
        await using var visit = await browser.NewVisitAsync(shop.Shop.Address);
        var visitor = await visit.EnterAsync();

        await visit.Page.EvaluateAsync("for (let i = 1; i <= 4; i++) tracker.track('step', { i })");

        var records = await ReadAsync(visitor, 5);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], records.Select(record => record.Sequence));
        Assert.Equal(["/events"], visit.Sent);
        Assert.All(records, record => Assert.NotNull(record.Header("ce_senttime")));
    }

    [Fact(Skip = Requires.ChromiumReason, SkipUnless = nameof(Requires.Chromium), SkipType = typeof(Requires))]
    public async Task BeforeConsent_NothingIsStoredOrSent()
    {
        await using var visit = await browser.NewVisitAsync(shop.Shop.Address);
        await visit.Page.GotoAsync("/");

        await visit.Page.EvaluateAsync("tracker.track('early', {}); tracker.flush()");
        await visit.Page.ClickAsync("[data-track-sku=P-110]");
        await visit.Page.WaitForURLAsync("**/products/P-110");
        var stored = await visit.StoredKeysAsync();
        var cookies = await visit.Context.CookiesAsync();
        var visitor = await visit.Page.EvaluateAsync<string?>("tracker.visitorId");
        await visit.LeaveAsync();

        Assert.Equal((0, 0, null, 0), (stored.Length, cookies.Count, visitor, visit.Sent.Count));
    }

    [Fact(Skip = Requires.ChromiumReason, SkipUnless = nameof(Requires.Chromium), SkipType = typeof(Requires))]
    public async Task ConsentWithdrawn_ErasesWhatWasStored()
    {
        await using var visit = await browser.NewVisitAsync(shop.Shop.Address);
        await visit.EnterAsync();
        Assert.Equal(["es.consent", "es.session", "es.visitor"], await visit.StoredKeysAsync());

        await visit.Page.EvaluateAsync("tracker.consent(false)");
        var stored = await visit.StoredKeysAsync();
        await visit.LeaveAsync();

        Assert.Equal((0, 0), (stored.Length, visit.Sent.Count));
    }

    [Fact(Skip = Requires.ChromiumReason, SkipUnless = nameof(Requires.Chromium), SkipType = typeof(Requires))]
    public async Task Offline_EventsWaitInStorage_AndGoOutOnceOnline()
    {
        await using var visit = await browser.NewVisitAsync(shop.Shop.Address);
        var visitor = await visit.EnterAsync();
        await visit.Context.SetOfflineAsync(true);

        await visit.Page.EvaluateAsync("for (let i = 1; i <= 4; i++) tracker.track('offline', { i })");
        await visit.Page.WaitForFunctionAsync("JSON.parse(localStorage.getItem('es.queue') ?? '[]').length === 5");
        Assert.Empty(visit.Sent);
        await visit.Context.SetOfflineAsync(false);

        var records = await ReadAsync(visitor, 5);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], records.Select(record => record.Sequence));
        Assert.All(records, record => Assert.Null(record.Header("redelivery")));
        await visit.Page.WaitForFunctionAsync("localStorage.getItem('es.queue') === null");
    }

    [Fact(Skip = Requires.ChromiumReason, SkipUnless = nameof(Requires.Chromium), SkipType = typeof(Requires))]
    public async Task Offline_PageLeft_TheNextPageSendsWhatWaited()
    {
        await using var visit = await browser.NewVisitAsync(shop.Shop.Address);
        var visitor = await visit.EnterAsync();
        await visit.Context.SetOfflineAsync(true);
        await visit.LeaveAsync();
        await visit.Context.SetOfflineAsync(false);

        await visit.Page.GotoAsync("/cart");
        await visit.Page.EvaluateAsync("tracker.flush()");

        // A page that is being left when the network comes back may send once more and not see the answer.
        var records = await ReadAsync(visitor, 2);
        Assert.Equal(["page-view /", "page-view /cart"], records.DistinctBy(Id).Select(Describe));
        Assert.All(records.GroupBy(Id).SelectMany(copies => copies.Skip(1)), copy => Assert.Equal("possible-duplicate", copy.Header("redelivery")));
    }

    [Fact(Skip = Requires.ChromiumReason, SkipUnless = nameof(Requires.Chromium), SkipType = typeof(Requires))]
    public async Task CollectorOverloaded_EventsAreSentAgainAfterTheDelayItAsksFor()
    {
        await using var visit = await browser.NewVisitAsync(shop.Shop.Address);
        var visitor = await visit.EnterAsync();
        var times = new List<DateTimeOffset>();
        await visit.Context.RouteAsync("**/events", async route =>
        {
            if (route.Request.Method == "POST")
                times.Add(DateTimeOffset.UtcNow);
            if (route.Request.Method != "POST" || times.Count > 1)
                await route.ContinueAsync();
            else
                await route.FulfillAsync(Busy());
        });

        await visit.Page.EvaluateAsync("tracker.flush()");
        var records = await ReadAsync(visitor, 1);

        Assert.Equal("page-view /", Describe(Assert.Single(records)));
        Assert.Equal(2, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(1), $"Sent again after {times[1] - times[0]}, before the second that Retry-After asks for.");
        Assert.Null(records[0].Header("redelivery"));
    }

    private static RouteFulfillOptions Busy() => new()
    {
        Status = 503,
        Headers = new Dictionary<string, string>
        {
            ["Retry-After"] = "1",
            ["Access-Control-Allow-Origin"] = "*",
            ["Access-Control-Expose-Headers"] = "Retry-After",
        },
    };

    private Task<List<TopicRecord>> ReadAsync(string visitor, int count) => Eventually.ValueAsync(
        _ => Task.Run(() => shop.ReadVisitor(visitor), Stop), records => records.DistinctBy(Id).Count() >= count, $"{count} events of the visitor on the topic", stop: Stop);

    private static string? Id(TopicRecord record) => record.Header("ce_id");

    private static JsonNode Data(TopicRecord record) => JsonNode.Parse(record.Value)!;

    // page-view /cart, click / product P-100, custom /cart cart.item-added P-100
    private static string Describe(TopicRecord record)
    {
        var data = Data(record);
        string?[] words =
        [
            record.Header("ce_type")!.Split('.')[^2], new Uri(data["url"]!.GetValue<string>()).AbsolutePath,
            (data["element"] ?? data["name"])?.GetValue<string>(), (data["attributes"]?["sku"] ?? data["data"]?["sku"])?.GetValue<string>(),
        ];
        return string.Join(' ', words.Where(word => word is not null));
    }
}
