#!/usr/bin/env bash
# Sets up what is missing, builds everything and runs every test. The last line is `N passed, N failed, N skipped`.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: ./test.sh [PROJECT ...]

  PROJECT   names of test projects, for example LocalKafka.Tests; default is all

environment:
  KAFKA_HOME   an Apache Kafka installation (needs Java 17); without it the tests that need one are skipped with that reason
  CI=true      a missing tool is a failure, not a skip
  ReadyToRun=false builds without compiling the programs ahead of time: a sooner first build, slower end-to-end tests
TEXT
}

case ${1:-} in
  -h | --help) usage; exit 0 ;;
  -*) echo "test.sh: '$1' is not known" >&2; usage >&2; exit 2 ;;
esac

if [[ -n ${KAFKA_HOME:-} ]]; then
  [[ -d $KAFKA_HOME/libs ]] || { echo "test.sh: KAFKA_HOME=$KAFKA_HOME has no folder libs" >&2; exit 2; }
  KAFKA_HOME=$(cd "$KAFKA_HOME" && pwd); export KAFKA_HOME
fi
cd "$(dirname "${BASH_SOURCE[0]}")"

source eng/setup.sh
setup_dotnet
setup_aspire_source
setup_aspire_bundle
setup_mosquitto
setup_postgres
setup_test_tools

build_release EventSourcing.sln

projects=("$@")
[[ ${#projects[@]} -gt 0 ]] || mapfile -t projects < <(find tests -name '*.Tests.csproj' -exec basename {} .csproj \; | sort)
results=$(mktemp -d "${TMPDIR:-/tmp}/eventsourcing-test.XXXXXX")
trap 'rm -rf "$results"' EXIT

# One project at a time: most of them start servers, and a small machine has two cores.
passed=0 failed=0 skipped=0 broken=0
for project in "${projects[@]}"; do
  path=$(find tests -name "$project.csproj")
  [[ -n $path ]] || { echo "test.sh: there is no test project '$project'" >&2; exit 2; }
  log=$results/$project.log
  code=0
  echo "test.sh: $project"
  dotnet "$(dirname "$path")/bin/Release/net10.0/$project.dll" --no-ansi --no-progress 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
  count() { sed -n "s/^  $1: \([0-9]*\)\$/\1/p" "$log" | tail -n 1; }
  [[ -n $(count total) ]] || { echo "test.sh: $project ended without a summary (exit code $code)" >&2; broken=$((broken + 1)); continue; }
  passed=$((passed + $(count succeeded))) failed=$((failed + $(count failed))) skipped=$((skipped + $(count skipped)))
  [[ $code -eq 0 || $(count failed) -gt 0 ]] || { echo "test.sh: $project failed outside its tests (exit code $code)" >&2; broken=$((broken + 1)); }
done

failed=$((failed + broken))
if [[ $skipped -gt 0 ]]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[[ $failed -eq 0 ]]
