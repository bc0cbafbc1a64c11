using System.Net;
using EventSourcing.Orders.Options;
using EventSourcing.Orders.State;
using EventSourcing.Orders.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Tests.Endpoints;

public sealed class IdempotencyTests(OrdersFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Http => fixture.Service.Http;

    [PostgresFact]
    public async Task SameKey_SameCommand_GetsTheSameAnswer_AndIsDoneOnce()
    {
        var (key, body) = (Api.NewKey(), Api.Order());

        using var first = await Http.PlaceAsync(body, Stop, key);
        using var second = await Http.PlaceAsync(body, Stop, key);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await second.Content.ReadAsStringAsync(Stop));
        Assert.Equal((first.Headers.Location, first.Headers.ETag), (second.Headers.Location, second.Headers.ETag));
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotent-Replayed"));
        Assert.Single(await fixture.RecordsAsync(await first.OrderIdAsync(Stop), 1, Stop));
    }

    [PostgresFact]
    public async Task CancelAgain_WithTheSameKey_IsTheSameAnswer_NotAConflict()
    {
        using var placed = await Http.PlaceAsync(Api.Order(), Stop);
        var (id, key) = (await placed.OrderIdAsync(Stop), Api.NewKey());

        using var first = await Http.CancelAsync(id, Stop, key: key);
        using var second = await Http.CancelAsync(id, Stop, key: key);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await second.Content.ReadAsStringAsync(Stop));
        Assert.Equal(2, (await fixture.RecordsAsync(id, 2, Stop)).Count);
    }

    [PostgresFact]
    public async Task SameKey_OtherCommand_Is422()
    {
        var key = Api.NewKey();
        using var first = await Http.PlaceAsync(Api.Order(), Stop, key);

        using var otherBody = await Http.PlaceAsync(Api.Order(customer: "c-2"), Stop, key);
        using var otherPath = await Http.CancelAsync(await first.OrderIdAsync(Stop), Stop, key: key);

        Assert.All([otherBody, otherPath], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.Equal("idempotency-key-reused", await otherBody.ProblemAsync(Stop));
        Assert.Equal("idempotency-key-reused", await otherPath.ProblemAsync(Stop));
    }

    [PostgresFact]
    public async Task SameKey_AtTheSameTime_IsDoneOnce()
    {
        var (key, body) = (Api.NewKey(), Api.Order());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Http.PlaceAsync(body, Stop, key)));
        var ids = await Task.WhenAll(answers.Select(answer => answer.OrderIdAsync(Stop)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(ids.Distinct());
        Assert.Single(await fixture.RecordsAsync(ids[0], 1, Stop));
    }

    [PostgresFact]
    public async Task RefusedCommand_LeavesItsKeyFree()
    {
        var (key, channel) = (Api.NewKey(), Guid.NewGuid().ToString("N"));
        using var one = await Http.PlaceAsync(Api.Order(channel, 1), Stop);

        using var taken = await Http.PlaceAsync(Api.Order(channel, 1), Stop, key);
        using var free = await Http.PlaceAsync(Api.Order(channel, 2), Stop, key);

        Assert.Equal((HttpStatusCode.Conflict, "sequence-taken"), (taken.StatusCode, await taken.ProblemAsync(Stop)));
        Assert.Equal(HttpStatusCode.Created, free.StatusCode);
    }

    [PostgresFact]
    public async Task OldKeys_AreForgotten_YoungOnesAreNot()
    {
        var (old, young) = (Api.NewKey(), Api.NewKey());
        using (await Http.PlaceAsync(Api.Order(), Stop, old))
        using (await Http.PlaceAsync(Api.Order(), Stop, young))
        {
            var life = fixture.Service.Services.GetRequiredService<IOptions<OrdersOptions>>().Value.KeyLifetime;
            await fixture.Postgres.PsqlAsync(
                "orders", $"UPDATE orders.idempotency_keys SET created_at = created_at - interval '{life.TotalSeconds} s' WHERE key = '{old}'", Stop);
            await ActivatorUtilities.CreateInstance<KeySweeper>(fixture.Service.Services).SweepAsync(Stop);
        }

        Assert.Equal(young, await fixture.Postgres.PsqlAsync("orders", $"SELECT key FROM orders.idempotency_keys WHERE key IN ('{old}', '{young}')", Stop));
    }
}
