#!/usr/bin/env bash
# pictures.sh: installs what screen.py needs, or says that there are no pictures.
set -euo pipefail
there() { /usr/bin/python3 -c 'import PIL' 2>/dev/null && command -v tmux >/dev/null; }
there || "$(dirname "$0")/apt.sh" tmux python3-pil fonts-dejavu-core || true
there || { echo "left out: the pictures need tmux, Pillow and DejaVu"; exit 75; }
