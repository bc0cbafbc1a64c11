using Amqp;
using Amqp.Sasl;
using EventSourcing.LocalMq;
using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Net;
using EventSourcing.Till.Sales;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Till.Tests.Sending;

/// <summary>The tills against a real queue.</summary>
public sealed class TillTests
{
    private const int Sales = 2_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EverySale_IsAccepted_Numbered_AndBooked()
    {
        await using var mq = await LocalMqBroker.StartAsync(stop: Stop);
        using var host = Build(mq.Port, Sales);
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.RunAsync(Stop);                            // ends by itself when the count is done
        var messages = await ReceiveAllAsync(mq);

        Assert.Equal(Sales, book.Totals.Spooled);
        Assert.Equal(Sales, messages.Sum(message => ((byte[])message.Body).Length / SaleRecords.Length));
        Assert.DoesNotContain(messages, message => message.ApplicationProperties?["redelivery"] is not null);
        AssertNumbered(messages);
    }

    [Fact]
    public async Task CutConnections_LoseNoSale_AndWhatGoesAgain_IsMarked()
    {
        await using var mq = await LocalMqBroker.StartAsync(stop: Stop);
        await using var relay = new TcpRelay(mq.Port);
        using var host = Build(relay.Port, Sales, ("Till:SalesPerSecond", "1000"));
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.StartAsync(Stop);
        for (var cut = 1; cut <= 4; cut++)
        {
            var target = cut * 300;
            await Eventually.TrueAsync(() => book.Totals.Spooled > target, $"{target} sales", stop: Stop);
            relay.Cut();
        }

        await host.WaitForShutdownAsync(Stop);
        var messages = await ReceiveAllAsync(mq);

        Assert.Equal(Sales, book.Totals.Spooled);
        var first = messages.DistinctBy(message => message.Properties.MessageId).ToList();
        Assert.Equal(Sales, first.Sum(message => ((byte[])message.Body).Length / SaleRecords.Length));
        Assert.All(
            messages.GroupBy(message => message.Properties.MessageId),
            copies => Assert.InRange(copies.Count(copy => copy.ApplicationProperties?["redelivery"] is null), 0, 1));
    }

    [Fact]
    public async Task LinkThatEndsWithAnError_LosesNoSale_AndWhatGoesAgain_IsMarked()
    {
        using var queue = new ForgetfulQueue(forgotten: 5);
        using var host = Build(queue.Port, 100, ("Till:Groups", "1"));
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.RunAsync(Stop);

        Assert.Equal((100, 0, 0), (book.Totals.Spooled, book.Totals.Rejected, book.Totals.Unanswered));
        Assert.Equal(100, queue.Accepted.Sum(message => ((byte[])message.Body).Length / SaleRecords.Length));
        var forgotten = queue.Forgotten.Select(message => message.Properties.MessageId).ToHashSet();
        Assert.All(
            queue.Accepted.Where(message => forgotten.Contains(message.Properties.MessageId)),
            message => Assert.Equal("possible-duplicate", message.ApplicationProperties?["redelivery"]));
        AssertNumbered(queue.Accepted);
    }

    [Fact]
    public async Task Stop_EndsTheRun_WithEveryAnswerBooked()
    {
        await using var mq = await LocalMqBroker.StartAsync(stop: Stop);
        using var host = Build(mq.Port, 0);
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.StartAsync(Stop);
        await Eventually.TrueAsync(() => book.Totals.Spooled > 200, "sales are made", stop: Stop);
        await host.StopAsync(Stop);
        var messages = await ReceiveAllAsync(mq);

        Assert.Equal(messages.Sum(message => ((byte[])message.Body).Length / SaleRecords.Length), book.Totals.Spooled);
        Assert.Equal((0, 0), (book.Totals.Rejected, book.Totals.Unanswered));
    }

    private static IHost Build(int port, int count, params (string Key, string? Value)[] more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "till" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:mq"] = $"amqp://127.0.0.1:{port}",
            ["Till:Count"] = $"{count}",
            ["Till:SalesPerSecond"] = "4000",
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(more.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddTills();
        return builder.Build();
    }

    private static async Task<List<Message>> ReceiveAllAsync(LocalMqBroker mq)
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        var connection = await factory.CreateAsync(new Address("127.0.0.1", mq.Port, null, null, "/", "amqp"));
        var receiver = new ReceiverLink(new Session(connection), "all", "store-sales");
        var messages = new List<Message>();
        receiver.SetCredit(500);
        while (mq.GetQueues().Single() is { Waiting: var waiting, Unsettled: var unsettled } && waiting + unsettled > 0)
        {
            if (await receiver.ReceiveAsync(TimeSpan.FromSeconds(1)) is not { } message)
                continue;
            messages.Add(message);
            receiver.Accept(message);
        }

        await connection.CloseAsync();
        return messages;
    }

    private static void AssertNumbered(IEnumerable<Message> messages)
    {
        foreach (var group in messages.GroupBy(message => message.Properties.GroupId))
        {
            var next = 1u;
            foreach (var message in group)
            {
                Assert.Equal(next, message.Properties.GroupSequence);
                next += (uint)(((byte[])message.Body).Length / SaleRecords.Length);
            }
        }
    }
}
