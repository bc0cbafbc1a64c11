# Programs that only tests use: independent Kafka, MQTT and AMQP peers and a browser. What cannot be had stays absent: the tests that
# need it are then skipped and say why.

setup_test_tools() {
  setup_debian_tool kcat kcat
  setup_debian_tool mosquitto_pub mosquitto-clients
  if ! setup_has chromium-browser && ! setup_has google-chrome; then setup_debian_tool chromium chromium; fi
  setup_node_clients
  setup_mq_tools
}

# setup_debian_tool COMMAND PACKAGE
setup_debian_tool() {
  setup_has "$1" && return 0
  setup_has apt-get && [[ $(id -u) -eq 0 ]] || return 0
  setup_apt_lists
  setup_apt_knows "$2" || { setup_say "$2 is not among this machine's packages; tests that need it are skipped"; return 0; }
  setup_say "installing $2"
  DEBIAN_FRONTEND=noninteractive setup_log setup_within 900 apt-get install -y -qq --no-install-recommends "$2" ||
    setup_say "$2 could not be installed; tests that need it are skipped"
}

# The Node.js Kafka clients, exactly as their lock file names them.
setup_node_clients() {
  local folder=$SETUP_ROOT/tests/Local/LocalKafka.Tests/Judges/Node
  [[ -f $folder/package-lock.json ]] && setup_has npm || return 0
  [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] && return 0
  setup_say "installing the Node.js Kafka clients"
  (cd "$folder" && setup_log setup_within 300 npm ci --no-audit --no-fund --silent) ||
    setup_say "npm ci failed in ${folder#"$SETUP_ROOT"/}; tests that need the Node.js clients are skipped"
}
