using EventSourcing.Firehose.Sending;

namespace EventSourcing.Firehose.Tests.Sending;

public sealed class WebhookSignerTests
{
    // The vector that the reference libraries of Standard Webhooks carry in their tests.
    [Fact]
    public void PublishedVector_IsSignedAsPublished()
    {
        using var request = new HttpRequestMessage();

        new WebhookSigner("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Sign(
            request, "msg_p5jXN8AQM9LWM0D4loKWxJek", """{"test": 2432232314}"""u8, DateTimeOffset.FromUnixTimeSeconds(1_614_265_330), isWrong: false);

        Assert.Equal("msg_p5jXN8AQM9LWM0D4loKWxJek", request.Headers.GetValues("webhook-id").Single());
        Assert.Equal("1614265330", request.Headers.GetValues("webhook-timestamp").Single());
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", request.Headers.GetValues("webhook-signature").Single());
    }
}
