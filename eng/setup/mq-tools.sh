# AMQP 1.0 peers that were not written here, for tests only: RabbitMQ with its AMQP 1.0 plugin, and Qpid Proton for Python. Both are
# Debian's packages unpacked into .tools/ (no root needed); where they cannot be had, the tests that need them are skipped and say why.
#   .tools/rabbitmq/root     a file system; the tests start the server in it
#   .tools/proton/python     Python 3 that finds Proton

setup_mq_tools() {
  setup_has apt-get && setup_has dpkg-deb || return 0
  setup_unpacked_tool rabbitmq rabbitmq-server setup_finish_rabbitmq
  setup_unpacked_tool proton python3-qpid-proton setup_finish_proton
}

# setup_unpacked_tool NAME PACKAGE FINISH: unpacks the package, and those of its dependencies that this machine lacks, into .tools/NAME/root.
setup_unpacked_tool() {
  local name=$1 package=$2 finish=$3 target=$SETUP_TOOLS/$1 stage
  [[ -e $target/ready ]] && return 0
  setup_apt_knows "$package" || setup_apt_lists
  setup_apt_knows "$package" || { setup_say "$package is not among this machine's packages; tests that need it are skipped"; return 0; }
  mkdir -p "$SETUP_TOOLS"; stage=$(mktemp -d "$SETUP_TOOLS/$name.XXXXXX")
  setup_say "fetching $package from the Debian packages"
  if setup_unpack_packages "$stage" "$package" && "$finish" "$stage"; then touch "$stage/ready"; rm -rf "$target"; mv "$stage" "$target"
  else rm -rf "$stage"; setup_say "$package could not be fetched; tests that need it are skipped"; fi
}

setup_unpack_packages() {
  local stage=$1 packages package
  chmod 755 "$stage"
  packages=$(apt-get -s install --no-install-recommends "$2" 2>/dev/null | awk '/^Inst /{print $2}')
  [[ -n $packages ]] || packages=$2
  # shellcheck disable=SC2086
  (cd "$stage" && setup_log setup_within 600 apt-get -o APT::Sandbox::User=root download $packages) || return 1
  for package in "$stage"/*.deb; do dpkg-deb -x "$package" "$stage/root" && rm -f "$package" || return 1; done
}

# Debian's start script of Erlang names its folder by an absolute path and cannot be told another one.
setup_finish_rabbitmq() {
  local erl=$1/root/usr/lib/erlang/bin/erl
  [[ -f $erl && -d $(echo "$1"/root/usr/lib/rabbitmq/lib/rabbitmq_server-*) ]] || return 1
  # shellcheck disable=SC2016
  sed -i 's#ROOTDIR=/usr/lib/erlang$#ROOTDIR=$(cd "$(dirname "$(readlink -f "$0")")/.." \&\& pwd)#' "$erl"
  [[ $("$erl" -noshell -eval 'io:format("ok"), halt().' 2>/dev/null) == ok ]]
}

setup_finish_proton() {
  cat >"$1/python" <<'SCRIPT'
#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
libraries=$(echo "$here"/root/usr/lib/*-linux-gnu* | tr ' ' ':')
export PYTHONPATH="$here/root/usr/lib/python3/dist-packages${PYTHONPATH:+:$PYTHONPATH}"
LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec /usr/bin/python3 "$@"
SCRIPT
  chmod +x "$1/python"
  setup_log "$1/python" -c 'import proton'
}
