# The mosquitto MQTT broker: the one on PATH, else Debian's package unpacked into .tools/mosquitto (no root needed), else none:
# the topology then uses LocalMqtt. .tools/mosquitto/mosquitto starts it with the libraries that were unpacked beside it.

setup_mosquitto() {
  local target=$SETUP_TOOLS/mosquitto
  setup_has mosquitto || [[ -x /usr/sbin/mosquitto || -x $target/mosquitto ]] && return 0
  setup_has apt-get && setup_has dpkg-deb || return 0
  setup_apt_knows mosquitto || setup_apt_lists
  local stage; mkdir -p "$SETUP_TOOLS"; stage=$(mktemp -d "$SETUP_TOOLS/mosquitto.XXXXXX")
  setup_say "fetching mosquitto from the Debian packages"
  if setup_unpack_mosquitto "$stage"; then rm -rf "$target"; mv "$stage" "$target"
  else rm -rf "$stage"; setup_say "mosquitto could not be fetched; the topology uses LocalMqtt instead (apt-get install mosquitto changes that)"; fi
}

# apt works out which of its dependencies this machine lacks; nothing is installed.
setup_unpack_mosquitto() {
  local stage=$1 packages package
  chmod 755 "$stage"
  packages=$(apt-get -s install --no-install-recommends mosquitto 2>/dev/null | awk '/^Inst /{print $2}')
  [[ -n $packages ]] || return 1
  # shellcheck disable=SC2086
  (cd "$stage" && setup_log setup_within 300 apt-get -o APT::Sandbox::User=root download $packages) || return 1
  for package in "$stage"/*.deb; do dpkg-deb -x "$package" "$stage/root" && rm -f "$package" || return 1; done
  cat >"$stage/mosquitto" <<'SCRIPT'
#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
libraries=$(echo "$here"/root/usr/lib/*-linux-gnu* | tr ' ' ':')
LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec "$here/root/usr/sbin/mosquitto" "$@"
SCRIPT
  chmod +x "$stage/mosquitto"
  [[ $("$stage/mosquitto" -h 2>&1 || true) == *'mosquitto version'* ]] # whose help exits with 3
}
