using Confluent.Kafka;
using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.EventBackbone.Transactions;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Transactions;

/// <summary>What becomes of transactions that do not go well.</summary>
public sealed class TransactionalProducerTests
{
    private static readonly DeliveryProfile Impatient = new() { DeliveryTimeout = TimeSpan.FromMilliseconds(300) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWaitsTogether_SharesATransaction_WithinItsBound()
    {
        var client = new FakeTransactionClient();
        using var harness = new TransactionHarness(client, new DeliveryProfile { TransactionEvents = 4 });
        var batches = Enumerable.Range(0, 5).Select(n => harness.PublishAsync(Stop, n * 2, (n * 2) + 1)).ToArray();

        harness.Start();
        await Task.WhenAll(batches);

        Assert.Equal([4, 4, 2], client.Transactions);
    }

    [Fact]
    public async Task PoisonInOne_IsRefusedAlone_TheOthersAreCommitted()
    {
        var client = new FakeTransactionClient { IsPoison = record => Header(record, "ce_id") == "5" };
        using var harness = new TransactionHarness(client);
        var batches = Enumerable.Range(0, 5).Select(n => harness.PublishAsync(Stop, n * 2, (n * 2) + 1)).ToArray();

        harness.Start();
        var receipts = await Task.WhenAll(batches);

        Assert.All(receipts[2], receipt => Assert.Equal((RejectionKind.Poison, Rejection.TooLargeType), (receipt.Rejection!.Kind, receipt.Rejection.Type)));
        Assert.All(receipts.Where((_, batch) => batch != 2).SelectMany(batch => batch), receipt => Assert.Equal(ReceiptLevel.Stored, receipt.Level));
        Assert.Equal(["0", "1", "2", "3", "6", "7", "8", "9"], client.Committed.Select(committed => Header(committed.Record, "ce_id")));
        Assert.True(harness.Books is { IsBalanced: true, Stored: 8, Rejected: 2, Queued: 0 }, harness.Books.ToString());
    }

    [Fact]
    public async Task CommitNotAnswered_IsAskedForAgain_AndTheReceiptSaysStored()
    {
        var retry = new TransactionStep(TransactionOutcome.Retry, TransactionHarness.TimedOut);
        var client = new FakeTransactionClient { Commits = new([(retry, false), (retry, false)]) };
        using var harness = new TransactionHarness(client);
        harness.Start();

        var receipts = await harness.PublishAsync(Stop, 1, 2);

        Assert.All(receipts, receipt => Assert.Equal(ReceiptLevel.Stored, receipt.Level));
        Assert.Equal(2, client.Committed.Count);
    }

    [Fact]
    public async Task CommitNeverAnswered_OutcomeIsUnknownForAll_AndTheNextIsCommitted()
    {
        var broken = new TransactionStep(TransactionOutcome.Broken, new Error(ErrorCode.Local_Fatal));
        var client = new FakeTransactionClient { Commits = new([(broken, true)]) };
        using var harness = new TransactionHarness(client);
        harness.Start();

        var lost = await harness.PublishAsync(Stop, 1, 2);
        var next = await harness.PublishAsync(Stop, 3);

        Assert.All(lost, receipt => Assert.True(receipt.Rejection!.IsOutcomeUnknown));
        Assert.True(next[0].IsAccepted);
        Assert.Equal(3, client.Committed.Count);
    }

    [Fact]
    public async Task CommitRefused_IsAbortedAndTriedAgain_EveryRecordOnce()
    {
        var refused = new TransactionStep(TransactionOutcome.MustAbort, new Error(ErrorCode.NotEnoughReplicas));
        var client = new FakeTransactionClient { Commits = new([(refused, false)]) };
        using var harness = new TransactionHarness(client);
        harness.Start();

        var receipts = await harness.PublishAsync(Stop, 1, 2);

        Assert.All(receipts, receipt => Assert.True(receipt.IsAccepted));
        Assert.Equal((2, 2), (client.Transactions.Count, client.Committed.Count));
    }

    [Fact]
    public async Task NotAcknowledged_IsRefusedAsNotStored_WithAllThatCameAfterIt()
    {
        var client = new FakeTransactionClient { IsSilent = true };
        using var harness = new TransactionHarness(client, Impatient);
        harness.Start();

        var refused = await Task.WhenAll(harness.PublishAsync(Stop, 1, 2), harness.PublishAsync(Stop, 3));
        client.IsSilent = false;
        await Eventually.TrueAsync(() => harness.Books.Queued == 0, "the route is free", stop: Stop);
        var stored = await harness.PublishAsync(Stop, 4);

        Assert.All(refused.SelectMany(receipts => receipts), receipt => Assert.Equal(Rejection.UnavailableType, receipt.Rejection!.Type));
        Assert.True(stored[0].IsAccepted);
        Assert.Equal("4", Header(Assert.Single(client.Committed).Record, "ce_id"));
    }

    [Fact]
    public async Task TakenOverByAnotherInstance_TheRouteRefusesForGood_AndSaysWhy()
    {
        var client = new FakeTransactionClient();
        using var harness = new TransactionHarness(client);
        harness.Start();
        Assert.True((await harness.PublishAsync(Stop, 1))[0].IsAccepted);

        client.Broken = new TransactionStep(TransactionOutcome.Broken, new Error(ErrorCode.ProducerFenced));
        var refused = await harness.PublishAsync(Stop, 2, 3);
        client.Broken = null;
        var later = await harness.PublishAsync(Stop, 4);

        Assert.All(refused.Concat(later), receipt => Assert.Equal(Rejection.FencedType, receipt.Rejection!.Type));
        Assert.Contains("tests.harness.1", harness.Channel.Failure);
        Assert.Single(client.Committed);
    }

    private static string? Header(Message<byte[]?, byte[]?> record, string name) =>
        record.Headers.TryGetLastBytes(name, out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null;
}
