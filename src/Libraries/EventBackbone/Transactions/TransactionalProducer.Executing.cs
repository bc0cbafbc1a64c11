using Confluent.Kafka;
using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>A transaction from its beginning to its end. Everything here runs on the producer's own thread.</summary>
internal sealed partial class TransactionalProducer
{
    private static readonly TimeSpan InitialiseTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OpenPause = TimeSpan.FromSeconds(1);

    private bool TryOpen()
    {
        if (_isOpen)
            return true;
        _client ??= _build();
        var step = _client.Initialise(InitialiseTimeout);
        _isOpen = step.Outcome == TransactionOutcome.Done;
        if (_isOpen)
            return true;
        Note(step.Error);
        if (step.Outcome == TransactionOutcome.Retry)
            return false;
        Discard();
        _stop.WaitOne(OpenPause);
        return false;
    }

    private void Execute(List<TransactionUnit> units)
    {
        var attempt = new TransactionAttempt(units, _settings.Topics);
        var begun = _client!.Begin();
        if (begun.Outcome != TransactionOutcome.Done)
        {
            GiveBack(attempt, begun.Error!);
            TryAbort(attempt);
            return;
        }
        attempt.Produce(_client);
        if (attempt.WaitUntilSent(_client, _settings.DeliveryTimeout, () => _stopping))
        {
            _committing = attempt;
            Commit(attempt);
            _committing = null;
            return;
        }
        GiveBack(attempt, attempt.Failure ?? new Error(ErrorCode.Local_TimedOut, "the records were not acknowledged in time"));
        if (TryAbort(attempt) && !attempt.IsPoisoned)
            _stop.WaitOne(RetryPause);
    }

    // From the first call on, the commit may have happened whatever the client says: only the broker's answer ends it.
    private void Commit(TransactionAttempt attempt)
    {
        var step = UntilAnswered(_client!.Commit);
        if (step.Outcome == TransactionOutcome.Done)
        {
            _queue.Trouble = null;
            attempt.ReportStored();
        }
        else if (step.Outcome == TransactionOutcome.MustAbort && TryAbort(attempt))
        {
            GiveBack(attempt, step.Error!);                   // the broker has aborted it: it was not committed
        }
        else
        {
            attempt.ReportUnknown();
            if (step.Outcome == TransactionOutcome.Broken)
                Break(step, attempt);
        }
    }

    private bool TryAbort(TransactionAttempt attempt)
    {
        var step = UntilAnswered(_client!.Abort);
        if (step.Outcome is TransactionOutcome.Broken or TransactionOutcome.MustAbort)
            Break(step, attempt);
        return step.Outcome == TransactionOutcome.Done;
    }

    private TransactionStep UntilAnswered(Func<TransactionStep> call)
    {
        var step = call();
        while (step.Outcome == TransactionOutcome.Retry && !_stopping)
        {
            RefuseOverdue();
            _stop.WaitOne(RetryPause);
            step = call();
        }
        return step;
    }

    // A broker refuses whole requests, so the innocent fail with the guilty: halves tell them apart.
    private void GiveBack(TransactionAttempt attempt, Error error)
    {
        if (!attempt.IsPoisoned)
            Note(error);
        if (!attempt.Claim())
            return;
        if (attempt is { IsPoisoned: true, Units: [var guilty] })
        {
            guilty.Report(error, PersistenceStatus.NotPersisted);
            return;
        }
        if (attempt.IsPoisoned)
            foreach (var unit in attempt.Units)
                unit.MostTogether = attempt.Units.Count / 2;
        _queue.Return(attempt.Units);
        _queue.RefuseOverdue();
    }

    // A broker that ended the transaction because of its age fences as well; only a younger one tells of another instance.
    private void Break(TransactionStep step, TransactionAttempt attempt)
    {
        if (step.IsFenced && attempt.Age < _settings.TransactionTimeout)
        {
            _failure = $"fenced: another instance uses the transactional id '{_settings.TransactionalId}'";
            Log.Fenced(_logger, _settings.TransactionalId);
            _queue.Close(new Error(ErrorCode.ProducerFenced, _failure));
        }
        else
        {
            Log.ProducerReplaced(_logger, step.Error?.Reason ?? "");
        }
        Discard();
    }

    private void Discard()
    {
        _isOpen = false;
        _client?.Dispose();
        _client = null;
    }

    private void Note(Error? error)
    {
        if (error is not null && _queue.Trouble is null && !_stopping)
            Log.TransactionFailed(_logger, _settings.TransactionalId, error.Reason);
        _queue.Trouble = error?.Reason;
    }
}
