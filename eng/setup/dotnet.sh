# The .NET SDK that global.json asks for. It is the one thing these scripts do not fetch.

setup_dotnet() {
  local home_sdk=${DOTNET_ROOT:-${HOME:-}/.dotnet}
  if ! setup_has dotnet && [[ -x $home_sdk/dotnet ]]; then
    export DOTNET_ROOT=$home_sdk PATH=$home_sdk:$PATH
  fi
  setup_has dotnet || setup_fail "The .NET SDK 10 is needed and no 'dotnet' is on PATH. Install it from https://dot.net/download and run this again."
  (cd "$SETUP_ROOT" && dotnet --version >/dev/null 2>&1) || setup_fail \
    "The .NET SDK 10 is needed (global.json); found: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -). Install it from https://dot.net/download and run this again."
  export DOTNET_CLI_TELEMETRY_OPTOUT=${DOTNET_CLI_TELEMETRY_OPTOUT:-1} DOTNET_NOLOGO=${DOTNET_NOLOGO:-1}
}

# Builds a Release of what is named, programs compiled ahead of time unless ReadyToRun=false. One compiler server serves all projects, whatever
# the environment says, and ends with the build: it would take a core for minutes from what runs next.
build_release() {
  export ReadyToRun=${ReadyToRun:-true}
  setup_say "building (the first time takes minutes)"
  dotnet build "$1" --configuration Release --nologo --verbosity quiet -p:UseSharedCompilation=true
  dotnet build-server shutdown --vbcscompiler >/dev/null || setup_say "the compiler's server could not be ended"
}
