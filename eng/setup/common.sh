# Shared by the parts of eng/setup.sh: progress, failure, deadlines, platform, apt.

setup_say() { printf 'setup: %s\n' "$*" >&2; }

setup_fail() { printf 'setup: error: %s\n' "$*" >&2; exit 1; }

setup_names() { declare -F | sed -n 's/^declare -f setup_\(dotnet\|aspire_source\|aspire_bundle\|mosquitto\|postgres\|test_tools\|mq_tools\)$/\1/p' | paste -sd' ' -; }

setup_has() { command -v "$1" >/dev/null 2>&1; }

# setup_within SECONDS COMMAND...: ends the command after so many seconds where a timeout tool exists (macOS has none of its own).
setup_within() {
  local seconds=$1; shift
  if setup_has timeout; then timeout -k 5 "$seconds" "$@"
  elif setup_has gtimeout; then gtimeout -k 5 "$seconds" "$@"
  else "$@"; fi
}

# The .NET runtime identifier of this machine, which is also how the npm packages of native tools are named.
setup_platform() {
  local os arch
  case $(uname -s) in
    Linux) os=linux; if (ldd --version 2>&1 || true) | grep -qi musl; then os=linux-musl; fi ;;
    Darwin) os=osx ;;
    MINGW* | MSYS* | CYGWIN*) os=win ;;
    *) setup_fail "This machine ($(uname -s)) is none of Linux, macOS and Windows." ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) setup_fail "This processor ($(uname -m)) is neither x64 nor arm64." ;;
  esac
  printf '%s-%s' "$os" "$arch"
}

# setup_log COMMAND...: runs quietly; on failure shows the last lines of what the command printed.
setup_log() {
  local output; output=$(mktemp)
  if "$@" >"$output" 2>&1; then rm -f "$output"; return 0; fi
  tail -n 15 "$output" >&2; rm -f "$output"; return 1
}

setup_apt_knows() { [[ $(apt-cache policy "$1" 2>/dev/null) =~ Candidate:\ [^\(] ]]; }

# Package lists are fetched only when a package has to be installed, and once per run.
setup_apt_lists() {
  [[ ${SETUP_APT_UPDATED:-} == yes || $(id -u) -ne 0 ]] && return 0
  setup_say "fetching Debian's package lists"
  setup_log setup_within 300 apt-get update -qq || setup_say "apt-get update failed; going on with the lists that are there"
  SETUP_APT_UPDATED=yes
}
