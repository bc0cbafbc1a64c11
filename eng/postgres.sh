#!/usr/bin/env bash
# Runs a private PostgreSQL server in the foreground until SIGTERM or SIGINT: a folder, a port, loopback only, ready for logical decoding.
# A folder without a cluster gets one first (initdb), with a password for the superuser `postgres` and, if given, the statements of a file.
#
#   POSTGRES_PASSWORD=... eng/postgres.sh DATA_FOLDER PORT [INIT_SQL]
#
#   INIT_SQL   SQL to run once as superuser, a statement per line, for example roles and databases
#   PGBIN      folder of the server's programs; default: PostgreSQL 14 or newer of this machine, else .tools/postgres (eng/setup.sh postgres)
#
# PostgreSQL refuses to run as root; for root it runs as `nobody`, who is then given the folder.
set -euo pipefail

[[ $# -ge 2 ]] || { sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
data=$1 port=$2 init=${3:-}
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
bin=$(postgres_bin) || setup_fail "There is no PostgreSQL 14 or newer. Install it (Debian: apt-get install postgresql), or run eng/setup.sh postgres, or set PGBIN."

# Whatever becomes of this script, the server ends (Linux). Bash 3 takes an empty array for an unset one.
as=() child=()
if [[ $(id -u) -eq 0 ]]; then as=(setpriv --reuid=nobody --regid="$(id -gn nobody)" --clear-groups); fi
if [[ $(uname -s) == Linux ]] && setup_has setpriv; then child=(setpriv --pdeathsig INT); fi

mkdir -p "$data"; data=$(cd "$data" && pwd)
[[ ${#as[@]} -eq 0 ]] || chown nobody "$data"
chmod 700 "$data"; cd "$data"
export HOME=$data LC_ALL=C.UTF-8

create_cluster() {
  : "${POSTGRES_PASSWORD:?must be set to create the cluster}"
  rm -rf "$data/cluster.new" "$data/cluster"
  ${as[@]+"${as[@]}"} bash -c 'umask 077; cat >"$1"' _ "$data/password" <<<"$POSTGRES_PASSWORD"
  ${as[@]+"${as[@]}"} "$bin/initdb" -D "$data/cluster.new" -U postgres --auth-local=trust --auth-host=scram-sha-256 --pwfile="$data/password" \
    -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >"$data/initdb.log" 2>&1 || { cat "$data/initdb.log" >&2; exit 1; }
  rm -f "$data/password"
  [[ -z $init ]] || run_init_statements
  mv "$data/cluster.new" "$data/cluster"                       # complete, or not there
}

run_init_statements() {
  ${as[@]+"${as[@]}"} "$bin/postgres" --single -F -D "$data/cluster.new" -c exit_on_error=true postgres <"$init" >"$data/init.log" 2>&1 ||
    { cat "$data/init.log" >&2; setup_fail "The statements in $init failed; PostgreSQL's messages stand above."; }
}

# A server that was killed leaves its locks; while nobody has collected the dead process, PostgreSQL takes it for a living one.
await_predecessor() {
  local lock=$data/cluster/postmaster.pid pid tries=50
  [[ -s $lock ]] || return 0
  pid=$(head -n 1 "$lock")
  while is_alive "$pid"; do
    ((tries-- > 0)) || setup_fail "Process $pid already runs a server on $data."
    sleep 0.1
  done
  rm -f "$lock" "$data"/.s.PGSQL.*
}

is_alive() { [[ $(ps -o stat= -p "$1" 2>/dev/null) =~ ^[^Z] ]]; }

[[ -s $data/cluster/PG_VERSION ]] || create_cluster
await_predecessor

# Fast shutdown is SIGINT; SIGTERM would wait until every client has gone.
${as[@]+"${as[@]}"} ${child[@]+"${child[@]}"} "$bin/postgres" -D "$data/cluster" -p "$port" -k "$data" -c listen_addresses=127.0.0.1 \
  -c wal_level=logical -c max_replication_slots=20 -c max_wal_senders=20 -c max_connections=100 \
  -c shared_buffers=32MB -c jit=off -c max_slot_wal_keep_size=1GB -c log_min_messages=warning &
server=$!
trap 'kill -INT $server 2>/dev/null || true' TERM INT HUP
code=0; while kill -0 $server 2>/dev/null; do wait $server && code=0 || code=$?; done
exit $code
