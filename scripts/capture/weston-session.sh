#!/bin/bash
# A Wayland session to look at: weston composites with GL in an X window, and shows one GL client.
#
#   DISPLAY=… weston-session.sh PICTURE.png        (prints weston's GL_RENDERER; fails when the client never appears)
set -euo pipefail
picture=$1

work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
export XDG_RUNTIME_DIR=$work
chmod 700 "$work"
printf '[core]\nidle-time=0\n[shell]\nlocking=false\n' > "$work/weston.ini"
weston --backend=x11-backend.so --shell=kiosk-shell.so --config="$work/weston.ini" --width=800 --height=600 \
  --socket=demo --log="$work/log" > /dev/null 2>&1 &
for _ in $(seq 100); do [ -S "$work/demo" ] && break; sleep 0.1; done
WAYLAND_DISPLAY=demo weston-simple-egl > "$work/client" 2>&1 &
# The client's triangle has thousands of colours, an empty session a handful.
for _ in $(seq 60); do
  sleep 0.5
  import -window root -crop 800x600+0+0 +repage "$picture"
  if [ "$(identify -format %k "$picture")" -gt 1000 ]; then
    sed -n 's/.*GL renderer: //p' "$work/log"
    exit 0
  fi
done
echo "weston's client never appeared" >&2
cat "$work/log" "$work/client" >&2
exit 1
