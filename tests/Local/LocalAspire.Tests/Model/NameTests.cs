using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Launch;

namespace LocalAspire.Tests.Model;

public sealed class NameTests
{
    [Theory]
    [InlineData("web-events", true)]
    [InlineData("a1", true)]
    [InlineData("1a", false)]
    [InlineData("a_b", false)]
    [InlineData("a.b", false)]
    [InlineData("a--b", false)]
    [InlineData("a-", false)]
    public void Resource_Name_FollowsAspiresRule(string name, bool valid)
    {
        var builder = DistributedApplication.CreateBuilder();

        if (valid)
            Assert.Equal(name, builder.AddParameter(name, "x").Resource.Name);
        else
            Assert.Throws<ArgumentException>(() => builder.AddParameter(name, "x"));
    }

    [Fact]
    public void Resource_NameTwice_IsRefusedIgnoringCase()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddParameter("store", "x");

        Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("Store", "x"));
    }

    [Theory]
    [InlineData("web-events_http", "WEB_EVENTS_HTTP")]
    [InlineData("1st", "_1ST")]
    public void EnvironmentName_IsEncoded(string name, string expected) => Assert.Equal(expected, EnvironmentName.Upper(name));

    [Theory]
    [InlineData("--a b  \"c d\" \"\"", new[] { "--a", "b", "c d", "" })]
    [InlineData(null, new string[0])]
    public void CommandLine_OfAProfile_IsSplit(string? text, string[] expected) => Assert.Equal(expected, CommandLine.Split(text));
}
