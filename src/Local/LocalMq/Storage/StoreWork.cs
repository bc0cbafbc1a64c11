namespace EventSourcing.LocalMq.Storage;

/// <summary>One change of the messages' file, and what follows when it is on disk.</summary>
/// <param name="apply">Changes the file; runs on the writer's thread.</param>
/// <param name="completed">Runs on the writer's thread when the change is durable; must not block.</param>
/// <param name="failed">Runs instead when the change cannot be made durable; null for a change that is tried until it can.</param>
internal sealed class StoreWork(Action<MessageStore> apply, Action? completed = null, Action<string>? failed = null)
{
    /// <summary>A change that brings a message in, and can be refused.</summary>
    public bool IsRefusable => failed is not null;

    public void Apply(MessageStore store) => apply(store);

    public void Complete() => completed?.Invoke();

    public void Fail(string reason) => failed?.Invoke(reason);
}
