using Aspire.Hosting;
using Aspire.Hosting.Dcp;

namespace LocalAspire.Tests.Model;

public sealed class TemplateTextTests
{
    [Fact]
    public void Braces_OfTheAppHost_BecomeText() =>
        Assert.Equal("""{{ "{{" }}x}} and {{ "{{" }}""", TemplateText.Escape("{{x}} and {{", _ => true, "A value"));

    [Fact]
    public void Port_OfAnEndpoint_StaysATemplate()
    {
        var value = $"http://localhost:{TemplateText.PortForServing("api-http")}/";

        Assert.Equal("""http://localhost:{{portForServing "api-http"}}/""", TemplateText.Escape(value, name => name == "api-http", "A value"));
    }

    [Fact]
    public void Port_OfAnUnknownEndpoint_IsRefused()
    {
        var error = Assert.Throws<DistributedApplicationException>(
            () => TemplateText.Escape(TemplateText.PortForServing("gone-http"), _ => false, "Environment variable 'X' of 'api'"));

        Assert.Equal("Environment variable 'X' of 'api' refers to the port of 'gone-http', which is no endpoint of this application.", error.Message);
    }
}
