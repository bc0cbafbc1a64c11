using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>Breaks a client for good, by the call that librdkafka has for tests (rdkafka.h, <c>rd_kafka_test_fatal_error</c>).</summary>
internal static class FatalErrors
{
    private static readonly Lazy<TestFatalError> Call = new(FindCall);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int TestFatalError(IntPtr client, int error, [MarshalAs(UnmanagedType.LPUTF8Str)] string reason);

    public static void Break(IClient client)
    {
        var handle = HandleOf(client.Handle);
        var isHeld = false;
        handle.DangerousAddRef(ref isHeld);
        try
        {
            Assert.Equal(0, Call.Value(handle.DangerousGetHandle(), (int)ErrorCode.OutOfOrderSequenceNumber, "made by a test"));
        }
        finally
        {
            handle.DangerousRelease();
        }
    }

    private static SafeHandle HandleOf(Handle handle) => (SafeHandle)typeof(Handle)
        .GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(handle)!;

    // Confluent.Kafka has loaded the one of its builds of librdkafka that suits this system.
    private static TestFatalError FindCall()
    {
        var library = Process.GetCurrentProcess().Modules.Cast<ProcessModule>().First(module => module.ModuleName.Contains("librdkafka", StringComparison.Ordinal));
        var function = NativeLibrary.GetExport(NativeLibrary.Load(library.FileName), "rd_kafka_test_fatal_error");
        return Marshal.GetDelegateForFunctionPointer<TestFatalError>(function);
    }
}
