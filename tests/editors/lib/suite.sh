# For suites to read in (`. lib/suite.sh`): places, counts, and checks on the screen.
# shellcheck shell=bash
lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
project=$(cd "$lib/../../.." && pwd -P)

# install RELEASE FOLDER PACKAGE PROGRAM: prints the path of a program of another Debian, or why there is none (75).
install() {
  local folder=$EDITORS_CACHE/$2 why
  if why=$("$lib/debian.sh" "$1" "$folder" "$3" 2>&1); then
    echo "$folder/run/$4"
  else
    tail -n 1 <<<"$why"
    return 75
  fi
}

# fresh NAME: an empty place, with the samples in `work`, and the server as `bin/dispatch-ls`, with somebody listening.
fresh() {
  local place=$EDITORS_OUT/$1
  rm -rf "$place"
  mkdir -p "$place"/{work/fixed,home,bin,run}
  mkdir "$place/work/.git" # a project of its own: not this one
  chmod 700 "$place/run"
  cp "$project/tests/samples.expected" "$place/work/"
  for folder in "$place/work" "$place/work/fixed"; do
    cp "$project"/tests/samples/* "$folder/"
    sed 's/$/\r/' "$project/tests/samples/wire.dispatch" >"$folder/dos.dispatch"
  done
  cp -r "$lib/people" "$place/work/"
  printf '#!/bin/sh\nexec "%s" "%s" "%s" "$@"\n' "$DISPATCH_CHECKED" "$place/heard" "$DISPATCH_PROGRAM" \
    >"$place/bin/dispatch-ls"
  chmod +x "$place/bin/dispatch-ls"
  echo "$place"
}

# in_place PLACE COMMAND...: in PLACE, and with settings, state and logs nowhere else.
in_place() {
  local place=$1
  shift
  (cd "$place/work" && env -u CARGO_HOME -u CARGO_INSTALL_ROOT HOME="$place/home" XDG_RUNTIME_DIR="$place/run" \
    XDG_CONFIG_HOME="$place/home" XDG_STATE_HOME="$place/home" XDG_DATA_HOME="$place/home" XDG_CACHE_HOME="$place/home" \
    LC_ALL=C.UTF-8 "$@" </dev/null)
}

count() { echo "$1 $2" >>"$EDITORS_COUNTS"; }

# one NAME COMMAND...: a single check.
one() {
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "ok    $name"
    count 1 0
  else
    printf 'FAILED %s\n%s\n' "$name" "$said"
    count 0 1
  fi
}

# What screen.py needs is there, or a line says that it is not.
can_see() {
  local there="import PIL"
  if ! /usr/bin/python3 -c "$there" 2>/dev/null || ! command -v tmux >/dev/null; then
    "$lib/apt.sh" tmux python3-pil fonts-dejavu-core fonts-droid-fallback || true
  fi
  if ! /usr/bin/python3 -c "$there" 2>/dev/null || ! command -v tmux >/dev/null; then
    echo "left out: the screen cannot be looked at without tmux, Pillow and DejaVu"
    return 75
  fi
}

# on_screen PLACE STEP... -- COMMAND...: see screen.py; the pictures are in PLACE. With the server in PATH.
on_screen() {
  local place=$1
  shift
  in_place "$place" env PATH="$place/bin:$PATH" /usr/bin/python3 "$lib/screen.py" "$place" "$@"
}

# well_said PLACE METHOD...: the editor asked for these, and all that the server said is as the protocol has it.
well_said() {
  local heard=$1/heard method
  shift
  ! grep '^problem' "$heard" || return 1
  for method in "$@"; do
    grep -q "^client $method$" "$heard" || { echo "not asked for: $method"; return 1; }
  done
}
