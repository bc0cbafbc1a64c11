#!/usr/bin/env bash
# The tools this repository needs beyond a .NET SDK, one function per tool.
#
#   source eng/setup.sh          then call the functions
#   eng/setup.sh NAME...         runs setup_NAME for each, for example: eng/setup.sh dotnet aspire_bundle
#
# Every function may be called again at any time: it says nothing when there is nothing to do, prints one line when it does
# something, and fails with a message that says what to do. What it fetches goes into .tools/, which git ignores.

SETUP_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SETUP_TOOLS=$SETUP_ROOT/.tools

for setup_part in common dotnet aspire mosquitto postgres test-tools mq-tools; do
  # shellcheck source=/dev/null
  source "$SETUP_ROOT/eng/setup/$setup_part.sh"
done
unset setup_part

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  [[ $# -gt 0 ]] || set -- dotnet aspire_source aspire_bundle mosquitto postgres test_tools
  for name in "$@"; do
    declare -F "setup_$name" >/dev/null || setup_fail "There is no setup named '$name'. Known: $(setup_names)."
    "setup_$name"
  done
fi
