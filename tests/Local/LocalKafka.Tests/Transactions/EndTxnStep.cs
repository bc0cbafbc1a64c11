namespace EventSourcing.LocalKafka.Tests.Transactions;

/// <summary>The last thing that was written before a crash in the middle of EndTxn.</summary>
public enum EndTxnStep
{
    Nothing,
    PartOfPrepare,
    Prepare,
    PartOfFirstMarker,
    FirstMarker,
    SecondMarker,
    LastMarker,
    Offsets,
    PartOfComplete,
    Complete,
}
