using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EventSourcing.LocalKafka;
using EventSourcing.Orders.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.Orders.Tests.Endpoints;

/// <summary>The failure table's rows that are the client's doing.</summary>
public sealed class RefusalTests(OrdersFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Http => fixture.Service.Http;

    [PostgresTheory]
    [InlineData("not json", 400, "malformed-json")]
    [InlineData("{\"customerId\":\"c\"", 400, "malformed-json")]
    [InlineData("null", 422, "invalid-data")]
    [InlineData("[]", 422, "invalid-data")]
    [InlineData("{}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[null]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":0,\"unitPrice\":1}]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":1e400}]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":0.00001}]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\\u0000\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":1}]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"\\ud800\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":1}]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"euro\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":1}]}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":1}],\"channel\":\"web\"}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":1}],\"channel\":\"a//b\",\"channelSequence\":1}", 422, "invalid-data")]
    [InlineData("{\"customerId\":\"c\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"unitPrice\":1}],\"more\":1}", 422, "invalid-data")]
    public async Task WrongBody_IsRefused(string body, int status, string type)
    {
        using var response = await Http.PlaceAsync(body, Stop);

        Assert.Equal((status, type), ((int)response.StatusCode, await response.ProblemAsync(Stop)));
    }

    [PostgresTheory]
    [InlineData("{\"reason\":\"a\\u0000b\"}")]
    [InlineData("{\"reason\":\"\\ud800\"}")]
    [InlineData("{\"channelSequence\":1}")]
    public async Task WrongCancellation_IsRefused(string body)
    {
        using var response = await Http.CancelAsync(Guid.NewGuid().ToString(), Stop, body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-data"), (response.StatusCode, await response.ProblemAsync(Stop)));
    }

    [PostgresTheory]
    [InlineData(null)]
    [InlineData("\"\"")]
    [InlineData("\"a b\"")]
    public async Task MissingOrWrongKey_Is400(string? key)
    {
        using var response = await Http.SendAsync("/orders", Api.Order(), Stop, ("Idempotency-Key", key));

        Assert.Equal((HttpStatusCode.BadRequest, "idempotency-key-missing"), (response.StatusCode, await response.ProblemAsync(Stop)));
    }

    [PostgresFact]
    public async Task MalformedPrecondition_Is400()
    {
        using var response = await Http.CancelAsync(Guid.NewGuid().ToString(), Stop, ifMatch: "1");

        Assert.Equal((HttpStatusCode.BadRequest, "malformed-precondition"), (response.StatusCode, await response.ProblemAsync(Stop)));
    }

    [PostgresFact]
    public async Task TooLarge_Is413_OtherFormat_Is415_NoUtf8_Is400()
    {
        using var large = await Http.PlaceAsync(Api.Order(customer: new string('c', 70_000)), Stop);
        using var text = await PostAsync("text/plain", Encoding.UTF8.GetBytes(Api.Order()));
        using var latin = await PostAsync("application/json", [.. "{\"customerId\":\""u8, 0xE9, .. "\"}"u8]);
        using var compressed = await PostAsync("application/json", Encoding.UTF8.GetBytes(Api.Order()), "gzip");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (large.StatusCode, await large.ProblemAsync(Stop)));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-content-type"), (text.StatusCode, await text.ProblemAsync(Stop)));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-utf8"), (latin.StatusCode, await latin.ProblemAsync(Stop)));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, compressed.StatusCode);
    }

    [PostgresFact]
    public async Task MoreRequestsThanMayWait_Are429_AndTheOthersAreDone()
    {
        using var folder = new TempFolder("orders");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await OrdersHost.StartAsync(
            kafka.BootstrapServers, fixture.Postgres.ConnectionString("turns"), folder.Path, [("Orders:MaxConcurrentRequests", "1"), ("Orders:MaxWaitingRequests", "2")]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => service.Http.PlaceAsync(Api.Order(), Stop)));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();

        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1)));
        Assert.Equal("busy", await refused[0].ProblemAsync(Stop));
        Assert.Equal(
            $"{answers.Count(answer => answer.StatusCode == HttpStatusCode.Created)}", await fixture.Postgres.PsqlAsync("turns", "SELECT count(*) FROM orders.orders", Stop));
        Assert.Equal(50, refused.Count + answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
    }

    private Task<HttpResponseMessage> PostAsync(string contentType, byte[] body, string? encoding = null)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = content, Headers = { { "Idempotency-Key", Api.NewKey() } } }, Stop);
    }
}
