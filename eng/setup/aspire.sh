# Where the Aspire API comes from, and Aspire's orchestrator (DCP) and dashboard for machines without the Aspire packages.

ASPIRE_CLI_VERSION=13.5.4

# Prints `packages` or `local`: the environment's AspireSource, else the marker that setup_aspire_source left, else the default.
aspire_source() {
  if [[ -n ${AspireSource:-} ]]; then printf '%s' "$AspireSource"
  elif [[ -s $SETUP_ROOT/.aspire-source ]]; then tr -d '[:space:]' <"$SETUP_ROOT/.aspire-source"
  else printf 'packages'; fi
}

# Asks the NuGet feed once whether it has the Aspire packages, and leaves the answer in .aspire-source, which the build reads.
setup_aspire_source() {
  case ${AspireSource:-} in
    '') ;;
    packages | local) return 0 ;;
    *) setup_fail "AspireSource is '$AspireSource' in the environment; it must be 'packages' or 'local'." ;;
  esac
  [[ $(cat "$SETUP_ROOT/.aspire-source" 2>/dev/null) =~ ^(packages|local)$ ]] && return 0
  local version answer reason
  version=$(sed -n 's|.*<AspireVersion>\(.*\)</AspireVersion>.*|\1|p' "$SETUP_ROOT/Directory.Build.props")
  setup_say "asking the NuGet feed for Aspire $version"
  reason=$(setup_probe_aspire "$version") && answer=packages || answer=local
  printf '%s\n' "$answer" >"$SETUP_ROOT/.aspire-source"
  setup_say "Aspire comes from: $answer ($reason; delete .aspire-source to ask again, or set AspireSource)"
}

# Restores the packages in an empty project that sees the repository's nuget.config and nothing else of it. A feed may have some of them.
setup_probe_aspire() {
  local folder output package packages='' rc=0
  for package in Aspire.AppHost.Sdk Aspire.Hosting.AppHost Aspire.Hosting.Kafka Aspire.Hosting.Testing Aspire.Confluent.Kafka; do
    packages+="<PackageDownload Include=\"$package\" Version=\"[$1]\" />"
  done
  mkdir -p "$SETUP_TOOLS"; folder=$(mktemp -d "$SETUP_TOOLS/probe.XXXXXX")
  for file in Directory.Build.props Directory.Build.targets Directory.Packages.props; do echo '<Project />' >"$folder/$file"; done
  printf '%s\n' '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>' \
    "<ItemGroup>$packages</ItemGroup></Project>" >"$folder/probe.csproj"
  output=$(setup_within 60 dotnet restore "$folder/probe.csproj" --nologo 2>&1) || rc=$?
  rm -rf "$folder"
  case $rc:$output in
    0:*) printf 'the feed serves them'; return 0 ;;
    124:* | 137:*) printf 'the feed did not answer within 60 s' ;;
    *NU1101* | *NU1102* | *NU1103*) printf 'the feed does not serve all of them' ;;
    *) printf 'the feed could not be asked: %s' "$(grep -om1 'NU[0-9]\{4\}[^[.]*' <<<"$output" || tail -n 1 <<<"$output")" ;;
  esac
  return 1
}

# .tools/aspire/dcp/dcp and .tools/aspire/managed/aspire-managed, from the official Aspire CLI's npm package. Only `local` needs them.
setup_aspire_bundle() {
  [[ $(aspire_source) == local ]] || return 0
  local target=$SETUP_TOOLS/aspire
  [[ -x $target/dcp/dcp || -x $target/dcp/dcp.exe ]] && [[ $(cat "$target/version" 2>/dev/null) == "$ASPIRE_CLI_VERSION" ]] && return 0
  setup_has npm || setup_fail "Aspire's orchestrator and dashboard come from an npm package, and there is no 'npm' on PATH. Install Node.js 20 or newer, or use the Aspire packages (AspireSource=packages)."
  local package stage
  package=@microsoft/aspire-cli-$(setup_platform)@$ASPIRE_CLI_VERSION
  setup_say "fetching Aspire's orchestrator and dashboard: $package (122 MB)"
  mkdir -p "$SETUP_TOOLS"; stage=$(mktemp -d "$SETUP_TOOLS/aspire.XXXXXX")
  (setup_extract_bundle "$package" "$stage") || { rm -rf "$stage"; setup_fail "$package could not be set up; the reason stands above. Check that npm reaches its registry, and run this again."; }
  rm -rf "$target"; mv "$stage/bundle" "$target"; rm -rf "$stage"
}

# The CLI extracts beside its own folder and into ~/.aspire; with both in one place it does so once. Only the extracted part is kept.
setup_extract_bundle() {
  local package=$1 stage=$2 cli=aspire
  [[ $package == *win-* ]] && cli=aspire.exe
  setup_log setup_within 600 npm pack "$package" --silent --pack-destination "$stage" || return 1
  tar -xzf "$stage"/*.tgz -C "$stage" && rm -f "$stage"/*.tgz || return 1
  mkdir -p "$stage/.aspire/bin" && mv "$stage/package/bin/$cli" "$stage/.aspire/bin/" || return 1
  HOME=$stage ASPIRE_CLI_TELEMETRY_OPTOUT=true setup_log setup_within 300 "$stage/.aspire/bin/$cli" setup </dev/null || return 1
  local extracted; extracted=$(echo "$stage"/.aspire/versions/*/)
  mkdir "$stage/bundle" && mv "$extracted"dcp "$extracted"managed "$stage/bundle/" && printf '%s\n' "$ASPIRE_CLI_VERSION" >"$stage/bundle/version"
}
