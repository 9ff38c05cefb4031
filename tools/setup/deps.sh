# shellcheck shell=bash
# Third-party sources and headers → .toolchain/deps/{include,imgui,SDL2,inter}, the subset typeface → .toolchain/deps/fonts.
# KG_DEPS_DIR names another folder of that shape to use instead.

KG_DEPS_DIR=$(realpath -m "${KG_DEPS_DIR:-$KG_TOOLCHAIN/deps}")
KG_HEADER_PARTS=(libglm-dev doctest-dev nlohmann-json3-dev)

own_deps() { [ "$KG_DEPS_DIR" = "$KG_TOOLCHAIN/deps" ]; }

# place_deps NAME UNPACKER PACKAGE…: UNPACKER FOLDER PACKAGE… fills the folder that becomes deps/NAME.
place_deps() {
  local name=$1 unpacker=$2 stamp folder
  shift 2
  stamp=$(pins_of "$@")
  stamped "$KG_DEPS_DIR/$name" "$stamp" && return 0
  fetch_archives "$@"
  folder=$(staging "$name")
  "$unpacker" "$folder" "$@" || die "$* could not be unpacked: is the disk full?"
  put_in_place "$folder" "$KG_DEPS_DIR/$name" "$stamp"
  say "  $name: in place"
}

unpack_source() { unpack_archive "$2" "$1"; }

# Only what lies in /usr/include of the packages, so that no other header of the system can slip in.
unpack_headers() {
  local folder=$1 package
  shift
  for package in "$@"; do
    unpack_archive "$package" "$folder" || return
    mkdir -p "$folder/licences" && cp "$folder/usr/share/doc/$package/copyright" "$folder/licences/$package.txt" || return
  done
  mv "$folder"/usr/include/* "$folder" && rm -rf "${folder:?}/usr"
}

unpack_inter() {
  unpack_archive "$2" "$1" || return
  mv "$1"/usr/share/fonts/opentype/inter/Inter-{Regular,SemiBold}.otf "$1" && mv "$1/usr/share/doc/fonts-inter/copyright" "$1/LICENSE.txt" &&
    rm -rf "${1:?}/usr"
}

setup_deps() {
  if ! own_deps; then
    [ -e "$KG_DEPS_DIR/include/doctest/doctest.h" ] || die "KG_DEPS_DIR is $KG_DEPS_DIR, but there is no include/doctest/doctest.h in it."
    return 0
  fi
  place_deps include unpack_headers "${KG_HEADER_PARTS[@]}"
  place_deps imgui unpack_source imgui
  place_deps SDL2 unpack_source libsdl2
  place_deps inter unpack_inter fonts-inter
}

fonts_stamp() { pins_of fonts-inter && sha256sum <"$KG_ROOT/tools/setup/subset_fonts.py"; }

fonts_in_place() { ! own_deps || stamped "$KG_DEPS_DIR/fonts" "$(fonts_stamp)"; }

setup_fonts() {
  fonts_in_place && return 0
  local folder python
  python=$(find_font_python) || die "no Python with fontTools and brotli found, after installing them."
  folder=$(staging fonts)
  watched "Cutting the typeface to the characters of the page" "$python" "$KG_ROOT/tools/setup/subset_fonts.py" "$KG_DEPS_DIR/inter" "$folder" ||
    die "the typeface could not be prepared (tools/setup/subset_fonts.py; the reason stands above)."
  put_in_place "$folder" "$KG_DEPS_DIR/fonts" "$(fonts_stamp)"
}
