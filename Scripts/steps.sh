# Owns how the scripts speak and where they put what they fetch. Sourced, never run.
# shellcheck shell=bash

# Every script works from the repository's root, whatever folder it was called from.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

# All that is fetched or generated lies here; git ignores it.
freshet_folder="$PWD/.freshet"

step() { printf '==> %s\n' "$*"; }
skip() { printf '  - %s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command as root: directly, or by sudo where this is another user.
as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "this needs root and there is no sudo; run as root: $*"
  fi
}
