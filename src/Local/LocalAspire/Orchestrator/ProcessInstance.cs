using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>One process of a resource, over its restarts.</summary>
internal sealed class ProcessInstance(IResource resource, string id)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DcpExecutable? _current;
    private string? _retiredUid;

    public IResource Resource { get; } = resource;

    /// <summary><c>&lt;resource&gt;-&lt;8 letters&gt;</c>, also the name of its object in DCP.</summary>
    public string Id { get; } = id;

    /// <summary>Held while the process is started, stopped or restarted.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Whether the end of the process is wanted, so that it is no crash.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Whether its last run crashed, or did not come about.</summary>
    public bool HasFailed { get; set; }

    public DcpExecutable? Current
    {
        get
        {
            lock (_lock)
                return _current;
        }
    }

    /// <summary>The process was created; what the watch has said about it meanwhile is newer.</summary>
    public void Created(DcpExecutable executable)
    {
        lock (_lock)
        {
            if (_current is null)
                Update(executable);
        }
    }

    /// <returns>False when the news is about an earlier run of the process.</returns>
    public bool Update(DcpExecutable? executable)
    {
        lock (_lock)
        {
            if (executable is not null && executable.Uid == _retiredUid)
                return false;
            _current = executable;
            Pulse();
            return true;
        }
    }

    /// <summary>Forgets the current run: its object is being deleted.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            _retiredUid = _current?.Uid ?? _retiredUid;
            _current = null;
            Pulse();
        }
    }

    /// <summary>Waits until the process is in a state.</summary>
    public async Task<DcpExecutable?> WhenAsync(Func<DcpExecutable?, bool> condition, CancellationToken stop)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition(_current))
                    return _current;
                changed = _changed.Task;
            }

            await changed.WaitAsync(stop);
        }
    }

    private void Pulse()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
