using System.Globalization;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit.Amqp;

/// <summary>Qpid Proton for Python: an AMQP 1.0 client that was not written here.</summary>
public static class Proton
{
    private const string Send = """
        import sys
        from proton import Message, Terminus
        from proton.reactor import LinkOption
        from proton.utils import BlockingConnection
        class Durable(LinkOption):
            def apply(self, link):
                link.target.durability = Terminus.CONFIGURATION
        url, address, prefix, count, body = sys.argv[1:]
        connection = BlockingConnection(url, timeout=60)
        sender = connection.create_sender(address, options=Durable())
        for number in range(1, int(count) + 1):
            delivery = sender.send(Message(id=prefix + str(number), correlation_id="proton", durable=True, body=body.replace("#", str(number))))
        connection.close()
        """;

    private const string Receive = """
        import sys
        from proton.utils import BlockingConnection
        url, address, count = sys.argv[1:]
        connection = BlockingConnection(url, timeout=60)
        receiver = connection.create_receiver(address, credit=10)
        for number in range(int(count)):
            message = receiver.receive(timeout=60)
            print(message.id, message.delivery_count, message.body)
            receiver.accept()
        receiver.close()
        connection.close()
        """;

    /// <summary>Sends messages with a string body to a durable target (RabbitMQ 3 makes the queue as the link asks, does not answer a link that asks otherwise, nor a closing link), each accepted before the next; <c>#</c> in the body is its number, ids are the prefix and the number.</summary>
    public static async Task SendAsync(string url, string address, string prefix, int count, string body, CancellationToken stop = default) =>
        (await RunAsync(Send, [url, address, prefix, count.ToString(CultureInfo.InvariantCulture), body], stop)).EnsureSuccess();

    /// <summary>Receives and accepts so many messages: id, delivery-count and body of each, in a line.</summary>
    public static async Task<string[]> ReceiveAsync(string url, string address, int count, CancellationToken stop = default) =>
        (await RunAsync(Receive, [url, address, count.ToString(CultureInfo.InvariantCulture)], stop)).EnsureSuccess()
            .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<ProcessResult> RunAsync(string script, IEnumerable<string> arguments, CancellationToken stop) =>
        ProcessRunner.RunAsync(Tools.Need(Tools.Proton, Requires.ProtonReason), ["-c", script, .. arguments], timeout: TimeSpan.FromMinutes(2), stop: stop);
}
