#!/usr/bin/env bash
# debian.sh SUITE FOLDER PACKAGE...
#
# Unpacks programs of another Debian release into FOLDER, so that they run from there; links to them are put into
# FOLDER/run. The machine's own packages stay as they are.
#
# apt gets a state of its own with an empty list of installed packages, so it fetches whatever the programs need, the C
# library included. No maintainer script runs. Each program is then told, by patchelf, to use the loader and the
# libraries in FOLDER. Nothing is told by environment variables: a language server that an editor starts must run with
# the machine's libraries.
#
# The packages come from wherever this machine gets its own. Leaves with 75 where that is no Debian. If FOLDER already
# has these packages, nothing is done; as the paths in the programs are absolute, that holds only for the same place.
set -euo pipefail

[ $# -ge 3 ] || { echo "usage: $0 SUITE FOLDER PACKAGE..." >&2; exit 2; }
suite=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd -P)
shift 2
what="$suite: $* ($folder)"

if [ "$(cat "$folder/.complete" 2>/dev/null)" = "$what" ]; then
  exit 0
fi
rm -rf "$folder"
mkdir -p "$folder"

if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  echo "no apt and dpkg on this machine" >&2
  exit 75
fi

# Where the release of this machine comes from. apt knows it only after a first update.
own_archive() {
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n 's/^Debian Debian //p' | head -n 1
}
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
archive=$(own_archive || true)
if [ -z "$archive" ]; then
  as_root apt-get update -qq || true
  archive=$(own_archive || true)
fi
if [ -z "$archive" ]; then
  echo "this machine's packages do not come from Debian" >&2
  exit 75
fi
command -v patchelf >/dev/null || "$(dirname "$0")/apt.sh" patchelf

state=$folder/.apt
mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main" >"$state/sources.list"
# Added to the machine's configuration, from which proxies and certificates are kept. The archive's signature is
# checked; its date is not, for a mirror may be some days behind.
cat >"$state/apt.conf" <<END
Dir::Etc::SourceList "$state/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State "$state";
Dir::State::Lists "$state/lists";
Dir::State::Status "/dev/null";
Dir::Cache "$state/cache";
Dir::Log "$state";
APT::Install-Recommends "false";
APT::Keep-Downloaded-Packages "true";
APT::Sandbox::User "";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::Retries "3";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
END
apt-get -qq -c "$state/apt.conf" update >&2
apt-get -qq -c "$state/apt.conf" install --download-only -y "$@" >/dev/null

# One tree under usr, as Debian has it since bookworm.
for place in bin sbin lib lib64; do
  mkdir -p "$folder/usr/$place"
  ln -s "usr/$place" "$folder/$place"
done
for package in "$state"/cache/archives/*.deb; do
  dpkg-deb -x "$package" "$folder"
done

loader=$(find "$folder/usr/lib64" "$folder/usr/lib" -name 'ld-linux*.so.*' | head -n 1)
libraries=$(dirname "$(find "$folder/usr/lib" -name libc.so.6 | head -n 1)")
for extra in systemd blas lapack pulseaudio; do
  [ ! -d "$libraries/$extra" ] || libraries+=:$libraries/$extra
done
while IFS= read -r -d '' file; do
  case $file in
    *.so | *.so.*)
      # A library with a search path of its own would not look further.
      own=$(patchelf --print-rpath "$file" 2>/dev/null || true)
      [ -z "$own" ] || patchelf --force-rpath --set-rpath "$own:$libraries" "$file"
      ;;
    *)
      ! patchelf --print-interpreter "$file" >/dev/null 2>&1 ||
        patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$file"
      ;;
  esac
done < <(find "$folder"/usr/{bin,lib,libexec} -type f \( -perm -u+x -o -name '*.so' -o -name '*.so.*' \) -print0 2>/dev/null)

mkdir "$folder/run"
for program in nvim hx kak; do
  [ ! -e "$folder/usr/bin/$program" ] || ln -s "../usr/bin/$program" "$folder/run/$program"
done
# Emacs looks for its files where it was built for.
if [ -x "$folder/usr/bin/emacs-nox" ]; then
  version=$(basename "$folder"/usr/libexec/emacs/*)
  programs=$(echo "$folder/usr/libexec/emacs/$version"/*)
  data=$folder/usr/share/emacs/$version
  cat >"$folder/run/emacs" <<END
#!/bin/sh
export EMACSLOADPATH=$data/lisp EMACSDATA=$data/etc EMACSDOC=$data/etc EMACSPATH=$programs
exec $folder/usr/bin/emacs-nox --dump-file=$(echo "$programs"/*.pdmp) "\$@"
END
  chmod +x "$folder/run/emacs"
fi
rm -rf "$state"
echo "$what" >"$folder/.complete"
