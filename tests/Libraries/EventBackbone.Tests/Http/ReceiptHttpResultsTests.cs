using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.EventBackbone.Tests.Http;

public sealed class ReceiptHttpResultsTests
{
    [Fact]
    public async Task ToHttpResult_Stored_Is201WithThePosition()
    {
        var (status, body, _) = await ExecuteAsync(Receipt.Stored("t", 2, 7).ToHttpResult());

        Assert.Equal(201, status);
        Assert.Equal("""{"level":"stored","topic":"t","partition":2,"offset":7}""", body);
    }

    [Fact]
    public async Task ToHttpResult_QueuedAndSpooled_Are202WithoutAPosition()
    {
        var queued = await ExecuteAsync(Receipt.Queued("t").ToHttpResult());
        var spooled = await ExecuteAsync(Receipt.Spooled("t").ToHttpResult());

        Assert.Equal((202, """{"level":"queued","topic":"t"}"""), (queued.Status, queued.Body));
        Assert.Equal((202, """{"level":"spooled","topic":"t"}"""), (spooled.Status, spooled.Body));
    }

    [Theory]
    [InlineData(RejectionKind.Poison, Rejection.TooLargeType, 413, null)]
    [InlineData(RejectionKind.Poison, Rejection.InvalidType, 422, null)]
    [InlineData(RejectionKind.Poison, "urn:eventsourcing:other", 400, null)]
    [InlineData(RejectionKind.Overload, Rejection.BufferFullType, 429, "2")]
    [InlineData(RejectionKind.Unavailable, Rejection.UnavailableType, 503, "2")]
    public async Task ToHttpResult_Rejection_IsProblemDetailsWithTheUrn(RejectionKind kind, string type, int expected, string? retryAfter)
    {
        var rejection = new Rejection(kind, type, "because", retryAfter is null ? null : TimeSpan.FromSeconds(1.2));

        var (status, body, headers) = await ExecuteAsync(Receipt.Rejected("t", rejection).ToHttpResult());

        using var problem = JsonDocument.Parse(body);
        Assert.Equal(expected, status);
        Assert.Equal((type, "because"), (problem.RootElement.GetProperty("type").GetString(), problem.RootElement.GetProperty("detail").GetString()));
        Assert.Equal(retryAfter, headers.RetryAfter.FirstOrDefault());
    }

    private static async Task<(int Status, string Body, IHeaderDictionary Headers)> ExecuteAsync(IResult result)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()), context.Response.Headers);
    }
}
