# shellcheck shell=bash
# The peers that ./dev bench measures the engine beside, from npm, into .toolchain/bench: exact versions and digests stand in
# bench/package-lock.json. Nothing but the benchmark needs them. Sourced by ./dev, after tools/setup.sh.

KG_PEERS=$KG_TOOLCHAIN/bench

peers_stamp() { sha256sum <"$KG_ROOT/bench/package-lock.json"; }

setup_peers() {
  stamped "$KG_PEERS" "$(peers_stamp)" && return 0
  local folder
  folder=$(staging bench)
  cp "$KG_ROOT"/bench/package*.json "$KG_ROOT/.npmrc" "$folder"
  KG_GROWING=$folder watched "Fetching the peers of the benchmark from npm (450 MB unpacked)" npm ci --prefix "$folder" ||
    die "npm could not install the peers pinned in bench/package-lock.json (the reason stands above)."
  put_in_place "$folder" "$KG_PEERS" "$(peers_stamp)"
}
