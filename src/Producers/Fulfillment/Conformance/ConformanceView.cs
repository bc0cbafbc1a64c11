using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.Process;

namespace EventSourcing.Fulfillment.Conformance;

/// <summary>
/// Holds the topic's events against the model, instance by instance: each event must be the next of its instance, begin where the one before ended, and be a transition of
/// the model. Memory: up to <see cref="MaxInstances"/>; then the instances that ended longest ago are forgotten. Thread-safe.
/// </summary>
internal sealed class ConformanceView(ILogger<ConformanceView> logger)
{
    /// <summary>Instances kept, count.</summary>
    public const int MaxInstances = 100_000;

    private const int MostNamed = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Number, string State, bool HasLeft)> _instances = new(StringComparer.Ordinal);
    private readonly Queue<string> _ended = new();
    private readonly Dictionary<string, long> _endings = new(StringComparer.Ordinal);
    private readonly List<Departure> _left = [];
    private long _events;
    private long _copies;
    private long _joinedLate;
    private long _leftCount;

    /// <summary>Instances that left the model.</summary>
    public long LeftCount => Volatile.Read(ref _leftCount);

    /// <summary>Forgets everything: the topic is read from its beginning.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _instances.Clear();
            _ended.Clear();
            _endings.Clear();
            _left.Clear();
            (_events, _copies, _joinedLate, _leftCount) = (0, 0, 0, 0);
        }
    }

    /// <summary>Takes the next event of a partition.</summary>
    /// <param name="step">The event's data.</param>
    /// <param name="isMarked">The record says that it may be a copy.</param>
    /// <param name="isWhole">The topic still has everything from its beginning.</param>
    public void Add(ProcessStep step, bool isMarked, bool isWhole)
    {
        lock (_gate)
        {
            var isKnown = _instances.TryGetValue(step.InstanceId, out var last);
            if ((isKnown && step.Number <= last.Number) || (!isKnown && isMarked && step.Number > 1))
            {
                _copies++;
                return;
            }

            _events++;
            if (!isKnown && step.Number > 1 && !isWhole)
                (last, _joinedLate) = ((step.Number - 1, step.From, false), _joinedLate + 1);
            else if (!isKnown)
                last = (0, ProcessModel.Started, false);
            var reason = last.HasLeft ? null : FindDeparture(last.Number, last.State, step);
            if (reason is not null)
                Leave(step, reason);
            _instances[step.InstanceId] = (step.Number, step.To, last.HasLeft || reason is not null);
            if (step.To == ProcessModel.Ended)
                End(step);
        }
    }

    /// <summary>What was found so far.</summary>
    public ConformanceReport Report()
    {
        lock (_gate)
        {
            return new ConformanceReport(
                _events, _copies, _instances.Values.Count(own => own.State != ProcessModel.Ended), new SortedDictionary<string, long>(_endings), _joinedLate,
                _leftCount, [.. _left]);
        }
    }

    private static string? FindDeparture(int number, string state, ProcessStep step)
    {
        if (step.Number != number + 1)
            return $"event {number + 1} is missing";
        if (state == ProcessModel.Ended)
            return $"{step.Step} after the end";
        if (step.From != state)
            return $"{step.Step} begins in {step.From}; the instance was in {state}";
        return ProcessModel.Next(step.From, step.Step, step.Status) == step.To ? null : $"{step.Step} with {step.Status} does not lead from {step.From} to {step.To}";
    }

    private void Leave(ProcessStep step, string reason)
    {
        _leftCount++;
        Log.LeftTheModel(logger, step.InstanceId, step.Number, reason);
        if (_left.Count < MostNamed)
            _left.Add(new Departure(step.InstanceId, step.Number, reason));
    }

    private void End(ProcessStep step)
    {
        _endings[step.Ending ?? "(none)"] = _endings.GetValueOrDefault(step.Ending ?? "(none)") + 1;
        _ended.Enqueue(step.InstanceId);
        while (_instances.Count > MaxInstances && _ended.TryDequeue(out var oldest))
            _instances.Remove(oldest);
    }
}
