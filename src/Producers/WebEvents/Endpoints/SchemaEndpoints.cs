using System.Collections.Frozen;
using System.Text;
using EventSourcing.WebEvents.Contracts;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary><c>GET /schemas</c> lists the event types, <c>GET /schemas/{type}</c> is what <c>dataschema</c> points to.</summary>
internal sealed class SchemaEndpoints(EventCatalog catalog)
{
    private const string MediaType = "application/schema+json";
    private readonly string[] _types = [.. catalog.Contracts.Select(contract => contract.EventType).Order(StringComparer.Ordinal)];

    private readonly FrozenDictionary<string, byte[]> _schemas = catalog.Contracts.ToFrozenDictionary(
        contract => contract.EventType, contract => Encoding.UTF8.GetBytes(contract.ToJsonSchema().ToJsonString()), StringComparer.Ordinal);

    public IResult List() => TypedResults.Json(_types, AnswerJson.Default.StringArray);

    public IResult Get(string type) => _schemas.TryGetValue(type, out var schema)
        ? TypedResults.Bytes(schema, MediaType)
        : TypedResults.Problem($"There is no schema for '{type}'; known types: {catalog.KnownTypes}.", statusCode: StatusCodes.Status404NotFound);
}
