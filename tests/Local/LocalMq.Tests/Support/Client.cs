using Amqp;
using Amqp.Framing;
using Amqp.Sasl;

namespace EventSourcing.LocalMq.Tests.Support;

/// <summary>A connection of the AMQP client library, as an application opens it.</summary>
internal sealed class Client : IAsyncDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly Connection _connection;

    private Client(Connection connection)
    {
        _connection = connection;
        Session = new Session(connection);
    }

    public Session Session { get; }

    public static async Task<Client> ConnectAsync(int port)
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        return new Client(await factory.CreateAsync(new Address("127.0.0.1", port, null, null, "/", "amqp")));
    }

    public SenderLink Sender(string queue) => new(Session, $"s-{Guid.NewGuid()}", queue);

    /// <summary>A receiver with so much credit, which is not given back by itself.</summary>
    public ReceiverLink Receiver(string queue, int credit = 100)
    {
        var receiver = new ReceiverLink(Session, $"r-{Guid.NewGuid()}", queue);
        receiver.SetCredit(credit, CreditMode.Manual);
        return receiver;
    }

    /// <summary>Sends numbered texts and waits until each is accepted.</summary>
    public async Task SendAsync(string queue, params IEnumerable<int> numbers)
    {
        var sender = Sender(queue);
        await Task.WhenAll(numbers.Select(number => sender.SendAsync(Message(number), Timeout)));
        await sender.CloseAsync();
    }

    /// <summary>Receives so many messages and leaves them unsettled.</summary>
    public static async Task<List<Message>> ReceiveAsync(ReceiverLink receiver, int count)
    {
        var messages = new List<Message>();
        while (messages.Count < count)
            messages.Add(await receiver.ReceiveAsync(Timeout) ?? throw new TimeoutException($"{messages.Count} of {count} messages came."));
        return messages;
    }

    public static Message Message(int number) => new($"text {number}")
    {
        Header = new Header { Durable = true },
        Properties = new Properties { MessageId = $"m{number}" },
    };

    public static string[] Texts(IEnumerable<int> numbers) => [.. numbers.Select(number => $"text {number}")];

    public static string[] Texts(IEnumerable<Message> messages) => [.. messages.Select(message => (string)message.Body)];

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.CloseAsync(TimeSpan.FromSeconds(2), null);
        }
        catch (Exception gone) when (gone is AmqpException or TimeoutException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The test ended the connection.
        }
    }
}
