# shellcheck shell=bash
# What every part of set-up shares: saying, failing, timing, stamps, the lock. Sourced by ../setup.sh.

say() { printf '%s\n' "$*"; }

die() {
  printf '\n%s\n' "./dev: $*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# watched LABEL COMMAND…: runs the command with its output in a log, saying when it starts, every 10 s that it still runs, and how
# long it took. On failure prints the end of the log and returns the command's status.
# (A function run this way is not stopped by its first failing line: each of its lines has to end in `|| return`.)
watched() {
  local label=$1 log start=$SECONDS ticker status=0
  shift
  log=$KG_TOOLCHAIN/log/$(tr -cs 'a-z0-9' '-' <<<"${label,,}" | cut -c1-60).txt
  mkdir -p "$KG_TOOLCHAIN/log"
  printf '  %s …' "$label"
  tick & ticker=$!
  "$@" >"$log" 2>&1 || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  if [ "$status" -ne 0 ]; then
    say " failed"
    tail -n 12 "$log" | sed 's/^/    | /' >&2
    return "$status"
  fi
  say " done, $((SECONDS - start)) s"
}

# Every 10 s for as long as the main script lives: the time so far and, if KG_GROWING names a folder, what lies in it by now.
# (`read` with a time limit needs no child process, which could outlive us.)
tick() {
  exec 8<> <(:) 9>&-
  local start=$SECONDS
  while kill -0 "$$" 2>/dev/null; do
    read -rt 10 -u 8 || true
    printf ' %s s' "$((SECONDS - start))"
    [ -z "${KG_GROWING:-}" ] || printf ' (%s)' "$(du -sh "$KG_GROWING" 2>/dev/null | cut -f1)"
    printf ' …'
  done
}

# in_subshell COMMAND…: so that its `cd` is its own.
in_subshell() { ("$@"); }

# stamped FOLDER WANTED: true if the folder was put in place whole, and from exactly these ingredients.
stamped() { [ -f "$1/.stamp" ] && [ "$(<"$1/.stamp")" = "$2" ]; }

# staging NAME: prints a fresh, empty folder to unpack into; it is on the same disk as the place it is renamed to.
staging() {
  local folder=$KG_TOOLCHAIN/staging/$1
  rm -rf "$folder"
  mkdir -p "$folder"
  printf '%s\n' "$folder"
}

# put_in_place STAGED TARGET STAMP: the only way anything gets its final name.
put_in_place() {
  printf '%s' "$3" >"$1/.stamp"
  rm -rf "$2"
  mkdir -p "$(dirname "$2")"
  mv -T "$1" "$2"
}

# with_lock FILE COMMAND…: one ./dev at a time. The kernel lets go of the lock when its holder ends, however it ends.
with_lock() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  (
    if ! flock -n 9; then
      say "Another ./dev is at work here; waiting for it."
      flock 9
    fi
    "$@"
  ) 9>"$file"
}

# need_root: fails in words, before anything is started that would fail without them.
need_root() {
  [ "$(id -u)" -eq 0 ] || have sudo || die "packages have to be installed, and this account is neither root nor has sudo; run ./dev as root once."
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}
