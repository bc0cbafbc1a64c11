using System.Text;
using Confluent.Kafka;
using EventSourcing.EventBackbone.Spooling;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Spooling;

public sealed class SpoolStoreTests
{
    [Fact]
    public void Read_AfterReopening_GivesTheRecordsAsTheyWere()
    {
        using var folder = new TempFolder("spool");
        var path = folder.File("a.spool");
        var record = new Message<byte[]?, byte[]?>
        {
            Key = "key"u8.ToArray(),
            Value = null,
            Timestamp = new Timestamp(1_700_000_000_000, TimestampType.CreateTime),
            Headers = new Headers { { "ce_id", Encoding.UTF8.GetBytes("ü") }, { "empty", [] }, { "none", null } },
        };
        using (var store = new SpoolStore(path))
        {
            store.Open("one");
            store.Open("two");
            store.Begin();
            store.Insert("two", new SpooledRecord(7, 33, true, record));
            store.Insert("two", new SpooledRecord(8, 44, false, record));
            store.MarkAttempted("two", 7);
            store.Commit();
        }

        using var reopened = new SpoolStore(path);
        Assert.Equal(new SpoolSummary(0, 0, 0, 0), reopened.Open("one"));
        Assert.Equal(new SpoolSummary(2, 77, 8, 7), reopened.Open("two"));
        var read = reopened.Read("two", 0, 10);

        Assert.Equal([(7L, 33, true), (8L, 44, false)], read.Select(spooled => (spooled.Order, spooled.Bytes, spooled.WasAttempted)));
        Assert.Equal(record.Key, read[0].Record.Key);
        Assert.Null(read[0].Record.Value);
        Assert.Equal(1_700_000_000_000, read[0].Record.Timestamp.UnixTimestampMs);
        Assert.Equal(["ce_id", "empty", "none"], read[0].Record.Headers.Select(header => header.Key));
        Assert.Equal([Encoding.UTF8.GetBytes("ü"), [], null], read[0].Record.Headers.Select(header => header.GetValueBytes()));
    }

    [Fact]
    public void Take_FolderShared_EachProcessGetsItsOwnFileAndAFreedOneIsTakenAgain()
    {
        using var folder = new TempFolder("spool");
        var first = SpoolLease.Take(folder.Path, "service");
        using var second = SpoolLease.Take(folder.Path, "service");
        var freed = first.DatabasePath;

        first.Dispose();
        using var third = SpoolLease.Take(folder.Path, "service");

        Assert.NotEqual(freed, second.DatabasePath);
        Assert.Equal(freed, third.DatabasePath);
    }
}
