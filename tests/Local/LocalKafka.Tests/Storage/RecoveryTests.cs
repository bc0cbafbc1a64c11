using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class RecoveryTests : IDisposable
{
    private readonly TempFolder _folder = new("kafka-recovery");

    private string Log => _folder.File("t-0");

    private string FirstSegment => Path.Combine(Log, "00000000000000000000.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TornTail_AtEveryByte_IsCutToTheLastWholeBatch()
    {
        Write(orderly: false, batches: 4);
        var whole = File.ReadAllBytes(FirstSegment);
        var ends = Batches(whole);

        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FirstSegment, whole[..length]);
            var log = TestLog.Open(Log);
            var batches = ends.Count(end => end <= length);

            Assert.Equal(batches * 2, log.EndOffset);
            Assert.Equal(batches == 0 ? 0 : ends[batches - 1], new FileInfo(FirstSegment).Length);
            Assert.Equal(batches * 2, log.Append(new TestBatch { Records = 2 }).BaseOffset);
            Assert.Equal(batches + 1, log.Batches().Count);
            log.Close(orderly: false);
        }
    }

    [Fact]
    public void GarbageTail_OfAnyKind_IsCut()
    {
        Write(orderly: false, batches: 3);
        var whole = File.ReadAllBytes(FirstSegment);
        var random = new Random(4711);

        for (var round = 0; round < 200; round++)
        {
            var garbage = new byte[random.Next(1, 400)];
            if (round % 2 == 0)
                random.NextBytes(garbage); // else zeros, as a file system may leave them
            File.WriteAllBytes(FirstSegment, [.. whole, .. garbage]);
            var log = TestLog.Open(Log);

            Assert.Equal(6, log.EndOffset);
            Assert.Equal(whole.Length, new FileInfo(FirstSegment).Length);
            log.Close(orderly: false);
        }
    }

    [Fact]
    public void DamagedSegment_InTheUnflushedPart_EndsTheLogThere()
    {
        var log = TestLog.Open(Log, new LogConfig { SegmentBytes = 1_000 });
        for (var i = 0; i < 30; i++)
            log.Append(new TestBatch { ValueBytes = 200 });
        var second = log.Segments[1];
        var damagedAt = second.Find(second.BaseOffset + 1)!.Value.Position + 70;
        log.Close(orderly: false);
        using (var file = File.OpenWrite(second.File.Path))
        {
            file.Position = damagedAt;
            file.WriteByte(0xff);
        }

        var recovered = TestLog.Open(Log, new LogConfig { SegmentBytes = 1_000 });

        Assert.Equal(second.BaseOffset + 1, recovered.EndOffset);
        Assert.Equal(2, recovered.Segments.Count);
        Assert.Equal(second.BaseOffset + 1, recovered.Append(new TestBatch()).BaseOffset);
        recovered.Close(orderly: false);
    }

    [Fact]
    public void FlushedSegments_AreNotReadAgain()
    {
        var log = TestLog.Open(Log, new LogConfig { SegmentBytes = 1_000 });
        for (var i = 0; i < 20; i++)
            log.Append(new TestBatch { ValueBytes = 200 });
        log.Flush();
        var flushed = log.FlushedOffset;
        log.Close(orderly: false);
        using (var file = File.OpenWrite(FirstSegment))
        {
            file.Position = 70;
            file.WriteByte(0xff);
        }

        var trusted = TestLog.Open(Log, recoveryPoint: flushed);
        Assert.Equal(20, trusted.EndOffset);
        trusted.Close(orderly: false);
        var suspected = TestLog.Open(Log, recoveryPoint: 0);
        Assert.Equal(0, suspected.EndOffset);
        suspected.Close(orderly: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Producers_AreKnownAgain_WithAllFiveBatches(bool orderly)
    {
        var config = new LogConfig { SegmentBytes = 500 };
        var log = TestLog.Open(Log, config);
        for (var sequence = 0; sequence < 12; sequence++)
            log.Append(TestBatch.Idempotent(sequence) with { ValueBytes = 100 });
        log.Close(orderly);

        var again = TestLog.Open(Log, config, recoveryPoint: orderly ? long.MaxValue : 0);

        for (var sequence = 7; sequence < 12; sequence++)
            Assert.Equal(sequence, again.Append(TestBatch.Idempotent(sequence) with { ValueBytes = 100 }).BaseOffset);
        Assert.Equal(ErrorCode.DuplicateSequenceNumber, again.Append(TestBatch.Idempotent(6) with { ValueBytes = 100 }).Error);
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, again.Append(TestBatch.Idempotent(13) with { ValueBytes = 100 }).Error);
        Assert.Equal(12, again.Append(TestBatch.Idempotent(12) with { ValueBytes = 100 }).BaseOffset);
        again.Close(orderly: true);
    }

    [Fact]
    public void Producers_WithoutTheirFiles_AreReadFromTheLog()
    {
        var config = new LogConfig { SegmentBytes = 500 };
        var log = TestLog.Open(Log, config);
        for (var sequence = 0; sequence < 12; sequence++)
            log.Append(TestBatch.Idempotent(sequence) with { ValueBytes = 100 });
        log.Close(orderly: true);
        foreach (var (index, file) in Directory.GetFiles(Log, "*.producers").Index())
        {
            if (index % 2 == 0)
                File.Delete(file);
            else
                File.WriteAllBytes(file, [1, 2, 3]);
        }

        var again = TestLog.Open(Log, config, recoveryPoint: long.MaxValue);

        Assert.Equal(8, again.Append(TestBatch.Idempotent(8) with { ValueBytes = 100 }).BaseOffset);
        Assert.Equal(12, again.EndOffset);
        again.Close(orderly: true);
    }

    [Fact]
    public void Indexes_RebuiltFromTheLog_EqualThoseThatWereWritten()
    {
        var config = new LogConfig { SegmentBytes = 60_000 };
        var log = TestLog.Open(Log, config);
        for (var i = 0; i < 400; i++)
            log.Append(new TestBatch { ValueBytes = 500, FirstTimestamp = 1_000 + i });
        log.Close(orderly: true);
        var written = IndexFiles();
        foreach (var path in written.Keys)
            File.Delete(path);

        TestLog.Open(Log, config, recoveryPoint: long.MaxValue).Close(orderly: true);

        Assert.Equal(written, IndexFiles());
        Assert.True(written.Count >= 6 && written.Values.All(content => content.Length > 0));
    }

    [Fact]
    public void OrderlyStop_IsReadBackWithoutRecovery()
    {
        Write(orderly: true, batches: 5);

        var log = TestLog.Open(Log, recoveryPoint: long.MaxValue);

        Assert.Equal(10, log.EndOffset);
        Assert.Equal(10, log.Append(new TestBatch()).BaseOffset);
        log.Close(orderly: true);
    }

    private void Write(bool orderly, int batches)
    {
        var log = TestLog.Open(Log);
        for (var i = 0; i < batches; i++)
            log.Append(new TestBatch { Records = 2, ValueBytes = 20 });
        log.Close(orderly);
    }

    private Dictionary<string, string> IndexFiles() =>
        Directory.GetFiles(Log, "*index").ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));

    private static List<long> Batches(byte[] segment)
    {
        var ends = new List<long>();
        for (long position = 0; position < segment.Length; position = ends[^1])
            ends.Add(position + RecordBatchHeader.Read(segment.AsSpan((int)position)).SizeInBytes);
        return ends;
    }
}
