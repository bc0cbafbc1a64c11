using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using EventSourcing.TestKit;

namespace EventSourcing.Till.Tests.Sending;

/// <summary>
/// A queue that takes messages and gives no answer, and then ends their link with an error, as a broker does whose queue is moved; on the next
/// link it accepts all.
/// </summary>
internal sealed class ForgetfulQueue : ILinkProcessor, IDisposable
{
    private const int Credit = 100;

    private readonly int _forgotten;
    private readonly ContainerHost _host;
    private int _links;

    /// <param name="forgotten">Messages that the first link takes before it ends.</param>
    public ForgetfulQueue(int forgotten)
    {
        _forgotten = forgotten;
        Port = FreePort.Next();
        _host = new ContainerHost(new Address($"amqp://127.0.0.1:{Port}"));
        _host.Listeners[0].SASL.EnableAnonymousMechanism = true;
        _host.RegisterLinkProcessor(this);
        _host.Open();
    }

    public int Port { get; }

    /// <summary>What came on the first link.</summary>
    public ConcurrentQueue<Message> Forgotten { get; } = new();

    /// <summary>What was accepted.</summary>
    public ConcurrentQueue<Message> Accepted { get; } = new();

    public void Process(AttachContext attachContext) =>
        attachContext.Complete(new Endpoint(this, isFirst: Interlocked.Increment(ref _links) == 1), Credit);

    public void Dispose() => _host.Close();

    private sealed class Endpoint(ForgetfulQueue queue, bool isFirst) : LinkEndpoint
    {
        public override void OnMessage(MessageContext messageContext)
        {
            if (!isFirst)
            {
                queue.Accepted.Enqueue(messageContext.Message);
                messageContext.Complete();
                return;
            }

            queue.Forgotten.Enqueue(messageContext.Message);
            if (queue.Forgotten.Count == queue._forgotten)
                messageContext.Link.Close(TimeSpan.Zero, new Error(ErrorCode.ResourceDeleted) { Description = "The queue is moved." });
        }

        public override void OnFlow(FlowContext flowContext)
        {
        }

        public override void OnDisposition(DispositionContext dispositionContext)
        {
        }
    }
}
