using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class JournalTests : IDisposable
{
    private readonly TempFolder _folder = new("kafka-journal");

    private string Path => _folder.File("journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TornTail_AtEveryByte_LeavesWholeEntries()
    {
        using (var journal = Open([]))
        {
            journal.Append(["a", "b"], Write);
            journal.Append(["c"], Write);
        }

        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            var read = new List<string>();
            using (var journal = Open(read))
                journal.Append(["d"], Write);

            string[] expected = length == whole.Length ? ["a", "b", "c"] : length >= FirstEntryLength(whole) ? ["a", "b"] : [];
            Assert.Equal(expected, read);
            var again = new List<string>();
            Open(again).Dispose();
            Assert.Equal([.. expected, "d"], again);
        }
    }

    [Fact]
    public void Rewrite_ReplacesAll()
    {
        using (var journal = Open([]))
        {
            for (var i = 0; i < 100; i++)
                journal.Append(["old"], Write);
            journal.Rewrite(["new"], Write);
            journal.Append(["newer"], Write);
        }

        var read = new List<string>();
        Open(read).Dispose();

        Assert.Equal(["new", "newer"], read);
    }

    private static int FirstEntryLength(byte[] journal) => 8 + BitConverter.ToInt32(journal);

    private Journal Open(List<string> read) => Journal.Open(Path, toDisk: false, reader => read.Add(reader.ReadString()));

    private static void Write(BinaryWriter writer, string item) => writer.Write(item);
}
