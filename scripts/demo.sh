#!/bin/bash
# Shows the library at work: installs what is missing, builds, draws with unmodified clients, boots a guest in QEMU.
# The pictures land in demo/. LIB=reference or LIB=/some/dir shows another library instead of building ours.
set -euo pipefail
cd "$(dirname "$0")/.."

LIB=${LIB:-ours}
step() { printf '\n== %s (%d s)\n' "$*" "$SECONDS"; }

step "packages"
scripts/install-deps.sh build demo
if [ "$LIB" = ours ]; then
  step "release build of libvirglrenderer.so.1"
  make build
fi
step "clients over vtest: Mesa's virgl driver -> virgl_test_server -> $LIB"
scripts/demo-clients --lib "$LIB" --output demo
step "a guest in QEMU: Linux's virtio-gpu driver -> QEMU -> $LIB"
scripts/qemu-guest --lib "$LIB" --output demo
step "done"
ls -l demo/*.png
