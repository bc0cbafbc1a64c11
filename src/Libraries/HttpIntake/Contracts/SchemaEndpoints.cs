using System.Collections.Frozen;
using System.Text;

namespace EventSourcing.HttpIntake;

/// <summary><c>GET /schemas</c> lists the event types, <c>GET /schemas/{type}</c> is what <c>dataschema</c> points to.</summary>
/// <param name="catalog">The types and their contracts.</param>
public sealed class SchemaEndpoints(EventCatalog catalog)
{
    private const string MediaType = "application/schema+json";
    private readonly string[] _types = [.. catalog.Contracts.Select(contract => contract.EventType).Order(StringComparer.Ordinal)];

    private readonly FrozenDictionary<string, byte[]> _schemas = catalog.Contracts.ToFrozenDictionary(
        contract => contract.EventType, contract => Encoding.UTF8.GetBytes(contract.ToJsonSchema().ToJsonString()), StringComparer.Ordinal);

    /// <summary>The event types.</summary>
    public IResult List() => TypedResults.Json(_types, AnswerJson.Default.StringArray);

    /// <summary>The JSON Schema of one type; 404 when there is none.</summary>
    public IResult Get(string type) => _schemas.TryGetValue(type, out var schema)
        ? TypedResults.Bytes(schema, MediaType)
        : TypedResults.Problem($"There is no schema for '{type}'; known types: {catalog.KnownTypes}.", statusCode: StatusCodes.Status404NotFound);
}
