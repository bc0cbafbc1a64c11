namespace EventSourcing.LocalKafka.Security;

/// <summary>Users from the options and from a file.</summary>
internal static class UsersFile
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line is not of the form <c>user:password</c>, or nobody could ever authenticate.</exception>
    public static IReadOnlyDictionary<string, string> ReadAll(SecurityOptions options)
    {
        var users = new Dictionary<string, string>(options.Users, StringComparer.Ordinal);
        var number = 0;
        foreach (var line in options.UsersFile is { } file ? File.ReadLines(file) : [])
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || colon == line.Length - 1)
                throw new InvalidDataException($"{options.UsersFile}, line {number}: a line is user:password, neither of them empty.");
            users[line[..colon]] = line[(colon + 1)..];
        }
        return users.Count > 0
            ? users
            : throw new InvalidDataException("A listener with SASL needs users: name some in Security.Users, or a file of user:password lines in Security.UsersFile (--users-file).");
    }
}
