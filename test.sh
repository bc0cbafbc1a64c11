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

# The tools come while it builds, as a job of their own that ends with the script.
set -m; (setup_aspire_bundle; setup_mosquitto; setup_postgres; setup_test_tools) </dev/null & tools=$!; set +m
trap 'kill -- "-$tools" 2>/dev/null || true' EXIT
build_release EventSourcing.sln
wait "$tools"

projects=$(if [[ $# -gt 0 ]]; then printf '%s\n' "$@"; else find tests -name '*.Tests.csproj' -exec basename {} .csproj \; | sort; fi)
for project in $projects; do
  [[ -n $(find tests -name "$project.csproj") ]] || { echo "test.sh: there is no test project '$project'" >&2; exit 2; }
done
results=$(mktemp -d "${TMPDIR:-/tmp}/eventsourcing-test.XXXXXX")
trap 'rm -rf "$results"' EXIT

# What hangs is named every two minutes and ended: by the test platform after half an hour, and if it does not end then, by force.
run_project() {
  local log=$results/$1.log code=0 program
  program=$(dirname "$(find tests -name "$1.csproj")")/bin/Release/net10.0/$1.dll
  echo "test.sh: $1 begins"
  timeout --foreground --kill-after=30s 31m dotnet "$program" --no-ansi --no-progress --timeout 30m --long-running 120 --xunit-diagnostics on >"$log" 2>&1 </dev/null || code=$?
  [[ -d $results ]] || return 130 # Ctrl-C
  echo "test.sh: $1 ended with exit code $code" >>"$log"
  cat "$log"
}
in_lanes() { xargs -r -n 1 -P "$1" bash -c 'run_project "$0"'; }
export results; export -f run_project

# EndToEnd.Tests starts the whole topology and has the machine to itself. The others wait as much as they work: three at a time, the longest first, beside
# it those that keep processors busy.
only() { grep "$@" <<<"$projects" || true; }
only -x 'EndToEnd\.Tests' | in_lanes 1
{ only -xE '(LocalKafka|Orders|PostgresCdc)\.Tests'; only -vxE '(EndToEnd|LocalKafka|Orders|PostgresCdc)\.Tests'; } | in_lanes 3

# A failure is far above when the last project ends: each is said again at the end, with its reason.
failures_of() { awk '/^failed /{shown=30} !/^(failed |  )/{shown=0} shown-- > 0 {print}' "$1"; }

passed=0 failed=0 skipped=0 broken=0
for project in $projects; do
  log=$results/$project.log
  count() { sed -n "s/^  $1: \([0-9]*\)\$/\1/p" "$log" | tail -n 1; }
  code=$(sed -n 's/^test.sh: .* ended with exit code //p' "$log" | tail -n 1)
  [[ -n $(count total) ]] || { echo "test.sh: $project ended without a summary (exit code $code)" >&2; broken=$((broken + 1)); continue; }
  passed=$((passed + $(count succeeded))) failed=$((failed + $(count failed))) skipped=$((skipped + $(count skipped)))
  [[ $(count failed) -eq 0 ]] || { echo "test.sh: failed in $project"; failures_of "$log"; }
  [[ $code -eq 0 || $(count failed) -gt 0 ]] || { echo "test.sh: $project failed outside its tests (exit code $code)" >&2; broken=$((broken + 1)); }
done

failed=$((failed + broken))
if [[ $skipped -gt 0 ]]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[[ $failed -eq 0 ]]
