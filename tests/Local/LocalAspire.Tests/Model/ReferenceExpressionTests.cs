using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Tests.Model;

public sealed class ReferenceExpressionTests
{
    private readonly IResourceBuilder<ParameterResource> _parameter = DistributedApplication.CreateBuilder().AddParameter("secret", "a b&c");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holes_AreFilled_AndBracesAreText()
    {
        var expression = ReferenceExpression.Create($"{{\"key\": \"{_parameter}\"}}");

        Assert.Equal("{\"key\": \"a b&c\"}", await expression.GetValueAsync(Stop));
        Assert.Equal("{\"key\": \"{secret.value}\"}", expression.ValueExpression);
    }

    [Fact]
    public async Task Format_Uri_Escapes() =>
        Assert.Equal("http://x/?q=a%20b%26c", await ReferenceExpression.Create($"http://x/?q={_parameter:uri}").GetValueAsync(Stop));

    [Fact]
    public void Format_Other_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => ReferenceExpression.Create($"{_parameter:X}"));

    [Fact]
    public async Task Empty_HasNoValue() => Assert.Null(await ReferenceExpression.Create($"").GetValueAsync(Stop));

    [Fact]
    public async Task Builder_AppendsTextAndHoles()
    {
        var builder = new ReferenceExpressionBuilder();
        builder.AppendLiteral("{a}=");
        builder.Append($"{_parameter};");

        Assert.Equal("{a}=a b&c;", await builder.Build().GetValueAsync(Stop));
    }
}
