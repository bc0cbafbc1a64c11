using System.Net;
using EventSourcing.Storefront.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.Storefront.Tests.Shop;

public sealed class ShopTests(ShopFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/products/P-100")]
    [InlineData("/cart")]
    public async Task Page_CarriesTheTrackerOfWebEvents(string path)
    {
        var html = await fixture.Shop.Http.GetStringAsync(path, Stop);

        Assert.Contains($"<script src=\"http://127.0.0.1:{fixture.WebEvents.HttpAddress.Port}/tracker.js\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/products/P-999")]
    [InlineData("/products/%3Cscript%3E")]
    public async Task Product_Unknown_Is404(string path)
    {
        using var response = await fixture.Shop.Http.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task AddToCart_WithConsent_TellsTheTopicAndNotesTheReceipt()
    {
        var visitor = Guid.NewGuid().ToString();

        using var response = await PostAsync("/cart", ("sku", "P-120"), ("visitor", visitor), ("session", "s-1"));

        Assert.Equal((HttpStatusCode.SeeOther, "/cart"), (response.StatusCode, response.Headers.Location?.OriginalString));
        var records = await Eventually.ValueAsync(
            _ => Task.Run(() => fixture.ReadVisitor(visitor), Stop), records => records.Count > 0, "the event of the cart", stop: Stop);
        var record = Assert.Single(records);
        Assert.Equal(
            ("io.eventsourcing.web.custom.v1", visitor, "application/json"),
            (record.Header("ce_type"), record.Header("ce_partitionkey"), record.Header("content-type")));
        Assert.Contains("\"cart.item-added\"", record.Value, StringComparison.Ordinal);
        var source = record.Header("ce_source")!;
        Assert.EndsWith("/server", source, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => fixture.Shop.Book.For(source, "web-events").Totals.Stored >= record.Sequence, "the receipt is noted", stop: Stop);
    }

    [Fact]
    public async Task AddToCart_WithoutConsent_TellsNothing()
    {
        var before = fixture.Shop.Book.Totals;

        using var response = await PostAsync("/cart", ("sku", "P-120"), ("visitor", ""), ("session", ""));

        Assert.Equal((HttpStatusCode.SeeOther, before.Rejected), (response.StatusCode, fixture.Shop.Book.Totals.Rejected));
        Assert.Contains(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("cart=P-120", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddToCart_UnknownProduct_Is400()
    {
        using var response = await PostAsync("/cart", ("sku", "P-999"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        fixture.Shop.Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Stop);
}
