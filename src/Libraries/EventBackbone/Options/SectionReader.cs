using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.EventBackbone.Options;

/// <summary>Binds a section key by key, so that every wrong key and value is reported, not just the first.</summary>
internal static class SectionReader
{
    /// <summary>Sets the properties of <paramref name="target"/>; keys in <paramref name="ignored"/> belong to somebody else.</summary>
    public static void Read(IConfigurationSection section, object target, List<string> errors, params string[] ignored)
    {
        var properties = target.GetType().GetProperties().Where(property => property.CanWrite).ToArray();
        foreach (var child in section.GetChildren())
        {
            if (ignored.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                continue;
            var property = Array.Find(properties, candidate => candidate.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
                errors.Add($"{child.Path}: unknown setting; known are {string.Join(", ", properties.Select(known => known.Name))}.");
            else if (TryConvert(child, property.PropertyType, out var value))
                property.SetValue(target, value);
            else
                errors.Add($"{child.Path}: '{child.Value}' is no {Describe(property.PropertyType)}.");
        }
    }

    /// <summary>Adds the violated data annotations of <paramref name="target"/>, each with its path.</summary>
    public static void Validate(string path, object target, List<string> errors)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(target, new ValidationContext(target), results, validateAllProperties: true);
        errors.AddRange(results.Select(result => $"{path}:{string.Join(",", result.MemberNames)}: {result.ErrorMessage}"));
    }

    private static bool TryConvert(IConfigurationSection child, Type type, out object? value)
    {
        try
        {
            value = child.Get(type);
            return value is not null && (!type.IsEnum || Enum.IsDefined(type, value));
        }
        catch (InvalidOperationException)   // what the binder throws for a value it cannot convert
        {
            value = null;
            return false;
        }
    }

    private static string Describe(Type type) =>
        type.IsEnum ? $"{type.Name}; allowed are {string.Join(", ", Enum.GetNames(type))}" : type.Name;
}
