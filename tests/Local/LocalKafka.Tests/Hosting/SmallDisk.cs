using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>A file system of its own with little room (tmpfs), and a file on it that takes some of that room until it is removed.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TempFolder _folder;

    private SmallDisk(TempFolder folder) => _folder = folder;

    public string Folder => _folder.File("disk/data");

    private string Ballast => _folder.File("disk/ballast");

    /// <summary>Skips the test where this process may not mount.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes, CancellationToken stop)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: a full disk is a small tmpfs");
        var folder = new TempFolder("kafka-disk");
        Directory.CreateDirectory(folder.File("disk"));
        var mounted = await ProcessRunner.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder.File("disk")], stop: stop);
        if (mounted.ExitCode != 0)
            folder.Dispose();
        Assert.SkipUnless(mounted.ExitCode == 0, $"needs the right to mount a tmpfs: {mounted.StandardError}");
        Directory.CreateDirectory(folder.File("disk/data"));
        return new SmallDisk(folder);
    }

    public void TakeRoom(int megabytes) => File.WriteAllBytes(Ballast, new byte[megabytes << 20]);

    public void GiveRoomBack() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        (await ProcessRunner.RunAsync("umount", ["--lazy", _folder.File("disk")])).EnsureSuccess();
        _folder.Dispose();
    }
}
