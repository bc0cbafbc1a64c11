using System.Text.Json;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>A stream's cursor on disk: written beside, forced to disk, renamed into place.</summary>
/// <param name="folder">The folder; it exists.</param>
/// <param name="stream">The stream's name.</param>
internal sealed class CursorFile(string folder, string stream)
{
    private readonly string _path = Path.Combine(folder, $"{stream}.json");

    /// <exception cref="InvalidDataException">The file is no cursor: somebody has written it.</exception>
    public StoredCursor Read()
    {
        if (!File.Exists(_path))
            return StoredCursor.Beginning;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), StreamJson.Default.StoredCursor) ?? throw new JsonException("null");
        }
        catch (JsonException defect)
        {
            throw new InvalidDataException($"'{_path}' holds no cursor ({defect.Message}). Correct it, or delete it to read the stream from its beginning.", defect);
        }
    }

    /// <summary>The cursor is on disk when this returns.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(StoredCursor cursor)
    {
        var written = $"{_path}.new";
        using (var file = new FileStream(written, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, cursor, StreamJson.Default.StoredCursor);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, _path, overwrite: true);
        Payloads.FolderSync.Flush(folder);
    }
}
