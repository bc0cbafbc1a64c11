#!/usr/bin/env bash
# Starts the topology: sets up what is missing, builds, runs until Ctrl-C, or for a while with a verdict.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: ./run.sh [--for DURATION] [--KEY=VALUE ...]

  --for DURATION   run the simulators that long (30s, 5m), print the ledger's table, stop everything;
                   exit code 0 only when the ledger balances
  --KEY=VALUE      configuration for the AppHost, for example --ConnectionStrings:kafka=host:9092

environment:
  KAFKA_HOME       an Apache Kafka installation: the backbone when there is no container engine (needs Java 17)
  KafkaBrokers=3   with KAFKA_HOME: three brokers instead of one
  Backbone         forces where servers run: external, container, process or embedded
  ReadyToRun=false builds without compiling ahead of time: the first build is sooner done, each start takes longer
  AspireSource     packages (the real Aspire packages) or local (src/Local/LocalAspire); by default the feed is asked once
TEXT
}

arguments=()
while [[ $# -gt 0 ]]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --for) [[ $# -gt 1 ]] || { echo "run.sh: --for needs a duration such as 30s" >&2; exit 2; }; arguments+=("--for" "$2"); shift 2 ;;
    --*=*) arguments+=("$1"); shift ;;
    *) echo "run.sh: '$1' is not known" >&2; usage >&2; exit 2 ;;
  esac
done

if [[ -n ${KAFKA_HOME:-} ]]; then
  [[ -d $KAFKA_HOME/libs ]] || { echo "run.sh: KAFKA_HOME=$KAFKA_HOME has no folder libs" >&2; exit 2; }
  KAFKA_HOME=$(cd "$KAFKA_HOME" && pwd); export KAFKA_HOME
fi
cd "$(dirname "${BASH_SOURCE[0]}")"

source eng/setup.sh
setup_dotnet
setup_aspire_source
setup_aspire_bundle
setup_mosquitto
setup_postgres

build_release EventSourcing.AppHost
exec dotnet run --project EventSourcing.AppHost --configuration Release --no-build -- ${arguments[@]+"${arguments[@]}"}
