#!/bin/bash
# Installs the Debian packages the project needs, by purpose. Idempotent; needs root or sudo when something is missing.
#
#   scripts/install-deps.sh [build] [test] [vm] [demo] [bench] [soak] [programs]
#
# Without a name: all of them but programs, which is 2 GB of browsers, Blender and a game.
# The Swift toolchain (6.3) is not a Debian package: see README.md.
set -euo pipefail

declare -A packages=(
  [build]="libepoxy-dev libgbm-dev libdrm-dev libegl-dev pkg-config make gcc libc6-dev"
  [test]="virgl-server libvirglrenderer1 libgl1-mesa-dri libegl-mesa0 libegl1 libgles2 libgl1 mesa-utils
          glmark2-es2-x11 waffle-utils piglit xvfb xauth python3 util-linux glslang-tools binutils gcc
          libc6-dev libvirglrenderer-dev"
  [demo]="virgl-server libgl1-mesa-dri libegl-mesa0 libegl1 libgles2 libgl1 libgbm1 mesa-utils
          glmark2-es2-x11 glmark2-es2-drm kmscube xvfb imagemagick python3 util-linux gcc libc6-dev qemu-system-x86
          qemu-system-gui busybox-static kmod cpio xz-utils zstd weston libinput-bin xkb-data fontconfig-config
        fonts-dejavu-core libx11-6 libxfixes3"
  [vm]="libgl1-mesa-dri libegl-mesa0 libegl1 libgles2 libgl1 libgbm1 libepoxy-dev libgbm-dev libdrm-dev libegl-dev
        pkg-config libvirglrenderer1 qemu-system-x86 qemu-system-gui xvfb busybox-static kmod cpio xz-utils zstd
        python3 gcc libc6-dev"
  [soak]="virgl-server libgl1-mesa-dri libegl-mesa0 libegl1 libgles2 libgl1 libgbm1 mesa-utils waffle-utils
          glmark2-es2-x11 glmark2-es2-drm kmscube piglit xvfb imagemagick qemu-system-x86 qemu-system-gui busybox-static
          kmod cpio xz-utils zstd gdb mmdebstrap python3 util-linux"
  [bench]="libvirglrenderer1 libgl1-mesa-dri libegl-mesa0 libegl1 libepoxy-dev valgrind gcc libc6-dev python3"
  [programs]="chromium firefox-esr blender supertuxkart apitrace imagemagick"
)

groups=("$@")
[ ${#groups[@]} -gt 0 ] || groups=(build test vm demo bench soak)
wanted=()
for group in "${groups[@]}"; do
  [ -n "${packages[$group]:-}" ] || { echo "install-deps: unknown group $group" >&2; exit 2; }
  # shellcheck disable=SC2206 # one word per package
  wanted+=(${packages[$group]})
done

missing=()
for package in $(printf '%s\n' "${wanted[@]}" | sort -u); do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "install-deps: everything for ${groups[*]} is installed"
  exit 0
fi

echo "install-deps: installing ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq)
"${apt[@]}" update
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" > /dev/null
