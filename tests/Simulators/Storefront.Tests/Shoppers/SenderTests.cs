using System.Net;
using System.Net.Http.Headers;
using Confluent.Kafka;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Shoppers;

namespace EventSourcing.Storefront.Tests.Shoppers;

public sealed class SenderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, SendStatus.Later)]
    [InlineData(503, SendStatus.Later)]
    [InlineData(500, SendStatus.Unanswered)]
    [InlineData(502, SendStatus.Unanswered)]
    [InlineData(413, SendStatus.Rejected)]
    public async Task Http_BatchAnsweredAsAWhole_IsAnsweredForEachEvent(int status, object expected)
    {
        var answers = await SendAsync(() => new HttpResponseMessage((HttpStatusCode)status) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) } });

        Assert.Equal([expected, expected], answers.Select(answer => (object)answer.Status));
        if ((SendStatus)expected == SendStatus.Later)
            Assert.All(answers, answer => Assert.Equal(TimeSpan.FromSeconds(7), answer.RetryAfter));
    }

    [Fact]
    public async Task Http_Verdicts_AreReadInOrder()
    {
        var answers = await SendAsync(() => new HttpResponseMessage
        {
            Content = new StringContent(
                """[{"status":"stored","partition":1,"offset":2},{"status":"rejected","type":"urn:eventsourcing:outcome-unknown","retryAfter":3}]""",
                new MediaTypeHeaderValue("application/json")),
        });

        Assert.Equal([SendStatus.Stored, SendStatus.LaterUncertain], answers.Select(answer => answer.Status));
        Assert.Equal(TimeSpan.FromSeconds(3), answers[1].RetryAfter);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, SendStatus.Later)]
    [InlineData(HttpRequestError.NameResolutionError, SendStatus.Later)]
    [InlineData(HttpRequestError.ResponseEnded, SendStatus.Unanswered)]
    public async Task Http_NoAnswer_IsSentAgainOnlyWhenItCannotHaveArrived(HttpRequestError error, object expected)
    {
        var answers = await SendAsync(() => throw new HttpRequestException(error));

        Assert.Equal([expected, expected], answers.Select(answer => (object)answer.Status));
    }

    [Theory]
    [InlineData(ErrorCode.NoError, PersistenceStatus.Persisted, SendStatus.Stored)]
    [InlineData(ErrorCode.Local_QueueFull, PersistenceStatus.NotPersisted, SendStatus.Later)]
    [InlineData(ErrorCode.Local_MsgTimedOut, PersistenceStatus.NotPersisted, SendStatus.Later)]
    [InlineData(ErrorCode.Local_MsgTimedOut, PersistenceStatus.PossiblyPersisted, SendStatus.Unanswered)]
    [InlineData(ErrorCode.MsgSizeTooLarge, PersistenceStatus.NotPersisted, SendStatus.Rejected)]
    public void Direct_DeliveryReport_IsAnAnswer(ErrorCode code, PersistenceStatus status, object expected) =>
        Assert.Equal(expected, DirectSender.ToAnswer(new Error(code), status).Status);

    private static async Task<SendAnswer[]> SendAsync(Func<HttpResponseMessage> answer)
    {
        var events = new EventFactory("/test", TimeProvider.System);
        await using var sender = new HttpSender(new HttpClient(new Answering(answer)) { BaseAddress = new Uri("http://collector") });
        return await sender.SendAsync([events.Create("v-1", new PageView("s", "u")), events.Create("v-2", new PageView("s", "u"))], Stop);
    }

    private sealed class Answering(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
