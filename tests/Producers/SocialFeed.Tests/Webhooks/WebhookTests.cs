using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.SocialFeed.Tests.Webhooks;

public sealed class WebhookTests(FeedFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ContentMode.Binary)]
    [InlineData(ContentMode.Structured)]
    public async Task CloudEvent_IsStored_WithItsEnvelopeAndBytes(ContentMode mode)
    {
        var source = Posts.NewSource();
        var text = Encoding.UTF8.GetBytes("Καλημέρα 👋🏽");

        using var response = await fixture.Service.PostAsync(Posts.Event(source, 7, text, author: "anna"), mode, Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var verdict = (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        var record = Assert.Single(await fixture.ReadPostsAsync(source));
        Assert.Equal(("id-7", "stored", "social-posts", record.Offset),
            (verdict["id"]!.GetValue<string>(), verdict["status"]!.GetValue<string>(), verdict["topic"]!.GetValue<string>(), verdict["offset"]!.GetValue<long>()));
        Assert.Equal(("anna", "anna", "anna"), (record.Key, record.Header("ce_subject"), record.Header("ce_partitionkey")));
        Assert.Equal(("id-7", "io.eventsourcing.social.post.v1", "000000000007"), (record.Id, record.Header("ce_type"), record.Header("ce_sequence")));
        Assert.Equal("text/plain; charset=utf-8", record.Header("content-type"));
        Assert.Equal(text, record.Value);
        Assert.NotNull(record.Header("ce_recordedtime"));
        Assert.False(record.IsMarked);
    }

    [Fact]
    public async Task Batch_GivesEveryEventItsVerdict_AndABadOneSpoilsNoOther()
    {
        var source = Posts.NewSource();
        CloudEvent[] events =
        [
            Posts.Event(source, 1, "one"u8.ToArray()),
            Posts.Event(source, 2, "two"u8.ToArray(), type: "io.eventsourcing.social.like.v1"),
            Posts.Event(source, 3, [0xC0, 0xA0], "image/x-anything"),
        ];

        using var response = await fixture.Service.PostBatchAsync(events, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var verdicts = (await response.Content.ReadFromJsonAsync<JsonArray>(Stop))!;
        Assert.Equal(["stored", "rejected", "stored"], verdicts.Select(verdict => verdict!["status"]!.GetValue<string>()));
        Assert.Equal("urn:eventsourcing:unknown-type", verdicts[1]!["type"]!.GetValue<string>());
        var records = await fixture.ReadPostsAsync(source);
        Assert.Equal(["id-1", "id-3"], records.Select(record => record.Id));
        Assert.Equal([0xC0, 0xA0], records[1].Value);
        var letter = Assert.Single(await fixture.ReadDeadLettersAsync(source));
        Assert.Equal(("urn:eventsourcing:unknown-type", "author-1"), (letter.Header("ce_reason"), letter.Key));
    }

    [Fact]
    public async Task PlainBody_BecomesAnEvent_FromTheHeadersOfItsFeed()
    {
        var source = Posts.NewSource();
        var body = Encoding.Latin1.GetBytes("Käse für über fünf Mark");
        var id = $"msg_{Guid.NewGuid():N}";
        using var request = Posts.Request(
            body, "text/plain; charset=iso-8859-1", ("X-Author-Id", "bjorn"), ("X-Source", source), ("X-Sequence", "000000000042")).Signed(body, id);

        using var response = await fixture.Service.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var record = Assert.Single(await fixture.ReadPostsAsync(source));
        Assert.Equal((id, "bjorn", "000000000042"), (record.Id, record.Key, record.Header("ce_sequence")));
        Assert.Equal("text/plain; charset=iso-8859-1", record.Header("content-type"));
        Assert.Equal(body, record.Value);
    }

    [Fact]
    public async Task PlainBody_WithoutContentTypeAndSource_IsBytesOfItsFeed()
    {
        var body = Posts.Random(300);
        using var request = Posts.Request(body, null, ("X-Author-Id", "a")).Signed(body, "msg_bytes");

        using var response = await fixture.Service.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var record = Assert.Single(await fixture.ReadPostsAsync("/social-feed/test"), record => record.Id == "msg_bytes");
        Assert.Equal("application/octet-stream", record.Header("content-type"));
        Assert.Equal(body, record.Value);
    }

    [Fact]
    public async Task Redelivery_SaidByTheSender_IsMarkedOnTheTopic()
    {
        var source = Posts.NewSource();
        var again = Posts.Event(source, 1, "again"u8.ToArray());
        again["redelivery"] = "possible-duplicate";
        byte[] body = [1, 2, 3];
        using var plain = Posts.Request(body, "image/png", ("X-Author-Id", "a"), ("X-Source", source), ("redelivery", "possible-duplicate")).Signed(body);

        using var first = await fixture.Service.PostAsync(again, ContentMode.Binary, Stop);
        using var second = await fixture.Service.Http.SendAsync(plain, Stop);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.All(await fixture.ReadPostsAsync(source), record =>
        {
            Assert.True(record.IsMarked);
            Assert.Null(record.Header("ce_redelivery"));
        });
    }

    [Fact]
    public async Task Trace_OfASampledPost_JoinsWhateverTheClaimCheckDoes()
    {
        var source = Posts.NewSource();
        var trace = System.Diagnostics.ActivityTraceId.CreateRandom().ToString();
        foreach (var (number, length) in new[] { (1, 10), (2, 100_000) })
        {
            var post = Posts.Event(source, number, Posts.Random(length), "image/png");
            post["traceparent"] = $"00-{trace}-00f067aa0ba902b7-01";
            using var response = await fixture.Service.PostAsync(post, ContentMode.Binary, Stop);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }

        Assert.All(await fixture.ReadPostsAsync(source), record =>
        {
            Assert.Equal($"00-{trace}-00f067aa0ba902b7-01", record.Header("ce_traceparent"));
            Assert.StartsWith($"00-{trace}-", record.Header("traceparent"), StringComparison.Ordinal);
            Assert.NotEqual(record.Header("ce_traceparent"), record.Header("traceparent"));
        });
    }

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public async Task Text_InAnyScript_IsByteForByteWhatKcatSees()
    {
        string[] texts =
        [
            "Zażółć gęślą jaźń", "Съешь ещё этих мягких французских булок", "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία", "دَعْ عَنْكَ لَوْمِي", "דג סקרן שט בים",
            "ऋषियों को सताने वाले", "நீங்கள் எப்படி இருக்கிறீர்கள்", "เป็นมนุษย์สุดประเสริฐ", "다람쥐 헌 쳇바퀴에", "いろはにほへと ちりぬるを", "天地玄黃 宇宙洪荒",
            "გთხოვთ ახლავე", "Բարեւ աշխարհ", "ሰላም ልዑል", "e\u0301 \u202Ertl\u202C \u200D 👩🏽‍🚀 🇪🇺 \U00010348 \U0001F9D1\u200D\U0001F91D\u200D\U0001F9D1",
        ];
        var source = Posts.NewSource();
        for (var i = 0; i < texts.Length; i++)
        {
            using var response = await fixture.Service.PostPlainAsync(source, $"msg_{i}", Encoding.UTF8.GetBytes(texts[i]), "text/plain; charset=utf-8", Stop, $"author-{i}");
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }

        var seen = (await Kcat.ConsumeAllAsync(fixture.BootstrapServers, "social-posts", ["-X", "check.crcs=true"], stop: Stop)).Where(record => record.Header("ce_source") == source);

        Assert.Equal(texts.Select((text, i) => ($"msg_{i}", $"author-{i}", text)), seen.Select(record => (record.Header("ce_id")!, record.Key!, record.Value!)).OrderBy(own => int.Parse(own.Item1[4..], null)));
    }
}
