#!/usr/bin/env bash
# apt.sh PACKAGE...: installs those that are missing. Lists are fetched only if a package cannot be had without.
set -euo pipefail
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
missing=()
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} != 0 ] || exit 0
install=(apt-get install -y -qq --no-install-recommends "${missing[@]}")
export DEBIAN_FRONTEND=noninteractive
as_root "${install[@]}" >/dev/null 2>&1 || { as_root apt-get update -qq && as_root "${install[@]}" >/dev/null; }
