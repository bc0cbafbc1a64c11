namespace EventSourcing.EndToEnd.Tests;

/// <summary>Clean stops in the middle of the load.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task Services_StoppedInTurnUnderLoad_FinishWhatTheyTook()
    {
        await UnderLoadAsync();

        await InTurnAsync(ResourceControl.Services, topology.Resources.StopOneAsync);

        await EveryPromiseIsKeptAsync();
    }
}
