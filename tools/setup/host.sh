# shellcheck shell=bash
# Tools of the machine itself: what is there is used, what is missing comes from its own package manager.

os_codename() { (. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_CODENAME:-unknown}"); }

node_major() { node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }

# The browser the tests and screenshots drive: CHROME_BIN, PUPPETEER_EXECUTABLE_PATH, or one of the usual names.
find_browser() {
  local name
  for name in "${CHROME_BIN:-}" "${PUPPETEER_EXECUTABLE_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if [ -n "$name" ] && have "$name"; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

# The Python that can work on fonts; it need not be the first on the PATH.
find_font_python() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import fontTools, brotli' 2>/dev/null; then
      printf '%s\n' "$python"
      return 0
    fi
  done
  return 1
}

# missing_tools: the Debian packages of all tools that are not there, one a line.
missing_tools() {
  have cmake || echo cmake
  have ninja || echo ninja-build
  have g++ || echo g++
  have python3 || echo python3
  have xz || echo xz-utils
  [ "$(node_major)" -ge 18 ] || echo nodejs
  have npm || echo npm
  [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
  fonts_in_place || find_font_python >/dev/null || printf '%s\n' python3-fonttools python3-brotli
}

missing_browser() { find_browser >/dev/null || printf '%s\n' chromium; }

missing_formatter() { have clang-format || echo clang-format; }

# Can clang-19 build for libFuzzer? Its runtime is a package of its own.
can_fuzz() {
  have clang++-19 && [ -f "$(clang++-19 -print-resource-dir)/lib/linux/libclang_rt.fuzzer-$(uname -m).a" ]
}

# Elsewhere than on Debian 12 the fuzz targets are left out if they cannot be built: kg_tests runs the same parsers, too.
missing_fuzzer() {
  if ! can_fuzz && [ "$(os_codename)" = bookworm ]; then printf '%s\n' clang-19 libclang-rt-19-dev; fi
}

# Once per run, and only if something has to be installed.
KG_MACHINE_APT_FRESH=
refresh_machine_apt() {
  [ -z "$KG_MACHINE_APT_FRESH" ] || return 0
  need_root
  watched "Refreshing this machine's package lists" as_root apt-get update -q -o APT::Update::Error-Mode=any ||
    die "this machine's package lists could not be refreshed (the reason stands above): is it on the network?"
  KG_MACHINE_APT_FRESH=yes
}

# apt_install PACKAGE…: names or archives. First takes up what an interrupted installation has left.
apt_install() {
  as_root dpkg --configure -a || return
  as_root apt-get install -qy --no-install-recommends --fix-broken -o DPkg::Lock::Timeout=300 "$@"
}

# setup_tools LISTER…: installs what the given functions name, in the version the machine's own sources offer (not pinned).
setup_tools() {
  local lister packages=()
  for lister in "$@"; do
    mapfile -t -O "${#packages[@]}" packages < <("$lister")
  done
  [ "${#packages[@]}" -gt 0 ] || return 0
  have apt-get || die "these tools are missing, and there is no apt-get here to install them with: ${packages[*]}"
  refresh_machine_apt
  watched "Installing ${packages[*]}" apt_install "${packages[@]}" ||
    die "apt-get could not install ${packages[*]} (the reason stands above)."
}
