# shellcheck shell=bash
# Pinned archives: downloaded through apt from the mirror this machine already uses, checked against tools/pins.txt, kept in
# .toolchain/cache. A private apt root keeps the machine's own package state out of it.

KG_PINS=$KG_ROOT/tools/pins.txt
KG_CACHE=$KG_TOOLCHAIN/cache

# pin PACKAGE: reads its line into kind, suite, version, digest (the caller declares them local).
pin() {
  read -r kind suite version digest < <(awk -v p="$1" '$3 == p { print $1, $2, $4, $5 }' "$KG_PINS") ||
    die "tools/pins.txt has no line for $1."
}

# pins_of PACKAGE…: their lines; the stamp of whatever is made from them.
pins_of() {
  local package
  for package in "$@"; do
    awk -v p="$package" '$3 == p { print $3, $4, $5 }' "$KG_PINS"
  done
}

# archive_of PACKAGE: where its archive lies once fetched.
archive_of() {
  local kind suite version digest
  pin "$1"
  printf '%s/%s_%s.%s\n' "$KG_CACHE" "$1" "${version//:/%3a}" "${kind/src/tar}"
}

# matches_pin PACKAGE FILE: is it the pinned archive, or the successor that was taken in its place?
matches_pin() {
  local kind suite version digest found
  pin "$1"
  found=$(sha256sum <"$2" | cut -d' ' -f1)
  [ "$found" = "$digest" ] || [ "$found" = "$(successor_digest "$1")" ]
}

# The mirror of the machine's own release, asked from apt itself (it reads both formats of its configuration).
machine_mirror() {
  # shellcheck disable=SC2016  # apt fills these in
  apt-get indextargets --no-release-info --format '$(CREATED_BY) $(COMPONENT) $(RELEASE) $(REPO_URI)' 2>/dev/null |
    awk -v c="$(os_codename)" '$1 == "Packages" && $2 == "main" && ($3 == c || $3 ~ /^(old|oldold)?stable$/) { print $4; exit }'
}

private_apt() {
  local program=$1 root=$KG_TOOLCHAIN/apt
  shift
  "$program" -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$root/sources" -o Dir::State::lists="$root/lists" \
    -o Dir::Cache="$root/cache" -o Dir::State::status=/dev/null -o Dir::Etc::preferences=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Sandbox::User="$(id -un)" -o APT::Architecture=amd64 -o Acquire::Retries=3 \
    -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o Debug::NoLocking=1 "$@"
}

# Once per run, and only if something has to be downloaded.
KG_APT_FRESH=
refresh_private_apt() {
  [ -z "$KG_APT_FRESH" ] || return 0
  local mirror root=$KG_TOOLCHAIN/apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  have apt-get ||
    die "the pinned libraries come as Debian packages and this machine has no apt; put them into a folder yourself and name it with KG_DEPS_DIR (see tools/pins.txt)."
  [ "$(dpkg --print-architecture)" = amd64 ] || die "the pinned archives are for amd64 machines; this one is $(dpkg --print-architecture)."
  [ -e "$keyring" ] || die "the Debian keyring is missing ($keyring): install the package debian-archive-keyring."
  mirror=$(machine_mirror)
  [ -n "$mirror" ] || die "no Debian mirror found in this machine's apt configuration; set-up downloads only from the mirror the machine already uses."
  mkdir -p "$root/sources" "$root/lists/partial" "$root/cache/archives/partial"
  {
    printf 'Types: deb\nURIs: %s\nSuites: bookworm\nComponents: main\nSigned-By: %s\n\n' "$mirror" "$keyring"
    printf 'Types: deb deb-src\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' "$mirror" "$keyring"
  } >"$root/sources/pinned.sources"
  watched "Reading the package lists of the pinned suites (30 MB)" private_apt apt-get -q update -o APT::Update::Error-Mode=any ||
    die "the package lists could not be read from this machine's mirror (the reason stands above): is the machine on the network?"
  KG_APT_FRESH=yes
}

# offered PACKAGE VERSION: prints the size in bytes if the mirror has exactly this version.
offered() {
  local kind suite version digest
  pin "$1"
  version=$2
  if [ "$kind" = src ]; then
    private_apt apt-cache showsrc "$1" 2>/dev/null | awk -v v="$version" -v d="$digest" \
      '$1 == "Version:" { this = $2 } this == v && $1 == d { print $2; exit }'
  else
    private_apt apt-cache show "$1=$version" 2>/dev/null | awk '$1 == "Size:" { print $2; exit }'
  fi
}

# Debian mends packages of a stable release (2.41-12+deb13u4 becomes …u5) and then no longer offers the archive from before. What it
# offers instead has the same upstream version, and apt checks it against Debian's signature: it serves as well as the pinned one.
# successor PACKAGE: prints its version; nothing if there is none.
successor() {
  local kind suite version digest
  pin "$1"
  [ "$kind" = deb ] || return 0
  private_apt apt-cache madison "$1" 2>/dev/null | awk -F' *[|] *' -v s="$suite/" -v u="${version%-*}-" \
    'index($3, " " s) && index($2, u) == 1 { print $2; exit }'
}

# The digest of the successor that was fetched, if one was.
successor_digest() {
  local file
  file=$(archive_of "$1").successor
  [ ! -f "$file" ] || cut -d' ' -f1 "$file"
}

# download PACKAGE VERSION FOLDER
download() {
  local package=$1 kind suite version digest
  pin "$package" && cd "$3" || return
  version=$2
  if [ "$kind" = src ]; then
    private_apt apt-get source -q --download-only --tar-only "$package=$version"
  else
    private_apt apt-get download -q "$package=$version"
  fi
}

# fetch_archive PACKAGE: afterwards archive_of PACKAGE is there and is what the pin says.
fetch_archive() {
  local package=$1 archive kind suite version digest bytes folder instead=
  pin "$package"
  archive=$(archive_of "$package")
  if [ -f "$archive" ]; then
    matches_pin "$package" "$archive" && return 0
    say "  The stored archive of $package $version is damaged (its digest differs from tools/pins.txt); fetching it again."
    rm -f "$archive"
  fi
  refresh_private_apt
  mkdir -p "$KG_CACHE"
  bytes=$(offered "$package" "$version")
  if [ -z "$bytes" ]; then
    instead=$(successor "$package")
    [ -n "$instead" ] || die "$package $version is no longer offered by this machine's mirror (suite $suite); the pin stands in tools/pins.txt."
    say "  $package $version (tools/pins.txt) is no longer offered; Debian's $instead takes its place."
    version=$instead
    bytes=$(offered "$package" "$version")
  fi
  folder=$(staging "download-$package")
  KG_GROWING=$folder watched "Downloading $package $version ($(((bytes + 999) / 1000)) kB)" in_subshell download "$package" "$version" "$folder" ||
    die "$package $version could not be downloaded (the reason stands above)."
  if [ -n "$instead" ]; then
    printf '%s %s\n' "$(sha256sum <"$folder"/*.deb | cut -d' ' -f1)" "$version" >"$archive.successor"
  fi
  matches_pin "$package" "$folder"/* ||
    die "the downloaded archive of $package $version does not have the digest that stands in tools/pins.txt; nothing was unpacked."
  mv "$folder"/* "$archive"
  rm -rf "$folder"
}

fetch_archives() {
  local package
  for package in "$@"; do fetch_archive "$package"; done
}

# unpack_archive PACKAGE FOLDER
unpack_archive() {
  local archive
  archive=$(archive_of "$1")
  case $archive in
    *.deb) dpkg-deb -x "$archive" "$2" ;;
    *) tar -xf "$archive" -C "$2" --strip-components=1 ;;
  esac
}
