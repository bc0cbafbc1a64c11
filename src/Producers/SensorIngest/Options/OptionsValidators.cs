using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest.Options;

/// <summary>Validates <see cref="MqttSourceOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class MqttSourceOptionsValidator : IValidateOptions<MqttSourceOptions>;

/// <summary>Validates <see cref="HttpSourceOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class HttpSourceOptionsValidator : IValidateOptions<HttpSourceOptions>;

/// <summary>Validates <see cref="DeviceRegistryOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class DeviceRegistryOptionsValidator : IValidateOptions<DeviceRegistryOptions>;
