using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Listener;

namespace EventSourcing.LocalMq.Links;

/// <summary>
/// What a receiver's flows say of its credit, exactly: a flow sets the limit, delivery-count + link-credit, be it higher, lower or the same (AMQP 1.0 §2.6.7).
/// AMQPNetLite 2.5 takes all credit back when a flow lowers the limit, and without a word when one repeats it, and counts the next flow from there. So the library's
/// own limit is kept so far below the receiver's that every flow raises it: then it tells of each one, and by how much.
/// </summary>
/// <param name="link">The link, whose flows begin after this.</param>
/// <param name="deliveryCount">Its delivery-count.</param>
internal sealed class LinkCredit(ListenerLink link, uint deliveryCount)
{
    /// <summary>The greatest change that a flow after the first may make, up or down, count of messages.</summary>
    public const int MaxChange = (1 << 30) - 1;

    private const uint Below = 1u << 30;

    private uint _deliveryCount = deliveryCount;
    private uint _limit = deliveryCount;
    private bool _isBelow;

    /// <summary>Messages that may still be sent, count; negative when the receiver took back what was under way.</summary>
    public int Left => (int)(Volatile.Read(ref _limit) - _deliveryCount);

    /// <summary>Takes a flow, as the library tells of it: before the next one comes.</summary>
    /// <param name="raised">By how much it raised the library's limit, count.</param>
    /// <returns>False when the flow changed the credit by more than <see cref="MaxChange"/>: what the credit is now is not known.</returns>
    public bool TryTake(int raised)
    {
        if (_isBelow && raised <= 0)
            return false;
        lock (LockOf(link))
        {
            Volatile.Write(ref _limit, _limit + (_isBelow ? (uint)raised - Below : (uint)Math.Max(raised, 0)));
            CreditOf(link) -= Below;
            _isBelow = true;
            return true;
        }
    }

    /// <summary>A message was sent. Only who sends calls this and <see cref="CompleteDrain"/>.</summary>
    public void CountSent() => _deliveryCount++;

    /// <summary>Tells a receiver that drains that its credit is used up. When a flow has come that was not taken yet, nothing happens: it is for after that flow.</summary>
    public void CompleteDrain()
    {
        lock (LockOf(link))
        {
            if (_isBelow && _deliveryCount + CreditOf(link) != _limit - Below)
                return;
            CreditOf(link) = _limit - _deliveryCount;
            _isBelow = false;
            link.CompleteDrain();
            _deliveryCount = _limit;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "credit")]
    private static extern ref uint CreditOf(ListenerLink link);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ThisLock")]
    private static extern object LockOf(Link link);
}
