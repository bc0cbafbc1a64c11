using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>The queue of the stores' tills: one fixed-width EBCDIC record per message. The queue answers, so a refusal shows as a dead letter.</summary>
public sealed class MqAdapterKind(DistributedApplication app) : ProducerKind(app)
{
    private const int RecordLength = 82;
    private const int TooLarge = 2_000_000;
    private static readonly Encoding Ebcdic = CodePagesEncodingProvider.Instance.GetEncoding("IBM037")!;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConnectionFactory _connections = new() { SASL = { Profile = SaslProfile.Anonymous } };

    public override string Resource => "mq-adapter";

    public override string Topic => "store-sales";

    public override string EventType => "io.eventsourcing.store.sale.v1";

    public override bool TellsItsSender => false;

    public override IReadOnlyDictionary<string, string> NotApplicable { get; } = new Dictionary<string, string>
    {
        [ContractCases.Unauthorised] = "who may send is the queue manager's to say",
    };

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        try
        {
            var connection = await _connections.CreateAsync(new Address((await App.GetConnectionStringAsync("mq", stop))!));
            try
            {
                await new SenderLink(new Session(connection), "contract", Topic).SendAsync(ToMessage(sample), Timeout);
                return Answer.Accepted;
            }
            finally
            {
                await connection.CloseAsync();
            }
        }
        catch (Exception failure) when (failure is AmqpException or System.Net.Sockets.SocketException or TimeoutException or OperationCanceledException)
        {
            return Answer.Later(failure.Message);
        }
    }

    public override void AssertData(Sample sample, JsonElement data)
    {
        Assert.Equal(sample.Token, data.GetProperty("description").GetString());
        Assert.Equal(sample.Number, data.GetProperty("saleNumber").GetInt32());
        Assert.Equal("-3", data.GetProperty("quantity").GetRawText());
        Assert.Equal("12.50", data.GetProperty("unitPrice").GetRawText());
        Assert.Equal("-37.50", data.GetProperty("amount").GetRawText());
    }

    private static Message ToMessage(Sample sample)
    {
        var message = new Message
        {
            Header = new Header { Durable = true },
            Properties = new Properties { MessageId = sample.Token, GroupId = $"contract/{sample.Key}", GroupSequence = (uint)sample.Number },
            BodySection = new Data { Binary = sample.Flaw == Flaw.TooLarge ? new byte[TooLarge] : Record(sample) },
            ApplicationProperties = new ApplicationProperties(),
        };
        if (sample.TraceParent is not null)
            message.ApplicationProperties["traceparent"] = sample.TraceParent;
        if (sample.IsRepeated)
            message.ApplicationProperties["redelivery"] = "possible-duplicate";
        return message;
    }

    // STORE-ID X(6), TILL-ID X(4), SALE-NUMBER 9(9) COMP, SOLD-AT X(20), SKU X(12), DESCRIPTION X(20), QUANTITY S9(5), UNIT-PRICE S9(7)V99 COMP-3, AMOUNT S9(9)V99 COMP-3
    private static byte[] Record(Sample sample)
    {
        var record = new byte[RecordLength];
        Text(record, 0, 6, sample.Key);
        Text(record, 6, 4, "T1");
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(10), sample.Number);
        Text(record, 14, 20, "2026-01-31T12:00:00Z");
        Text(record, 34, 12, "4711");
        Text(record, 46, 20, sample.Token);
        Convert.FromHexString("F0F0F0F0D3").CopyTo(record, 66);                    // -3, zoned
        Convert.FromHexString(sample.Flaw == Flaw.Malformed ? "00000125EE" : "000001250C").CopyTo(record, 71);   // 12.50, packed; E is no digit
        Convert.FromHexString("00000003750D").CopyTo(record, 76);                  // -37.50, packed
        return record;
    }

    private static void Text(byte[] record, int offset, int length, string text) => Ebcdic.GetBytes(text.PadRight(length)).CopyTo(record, offset);
}
