#!/usr/bin/env bash
# Builds what lets Mesa's Intel, NVIDIA and Adreno compilers run without such a card, for gpu_stats.py:
# "drm shims", which play the kernel's part and run nothing, from Debian's source package of Mesa 25, and
# Mesa's Adreno driver; NVIDIA's open driver comes ready from the next Debian release, with its own libc.
# Once a machine, about five minutes on two idle cores (a quarter of an hour on busy ones). Goes to $GPU_STATS (~/.cache/gpu-stats).
set -euo pipefail
here=$(dirname "$(realpath "$0")")
out=${GPU_STATS:-$HOME/.cache/gpu-stats}
[[ -e $out/done ]] && { echo "there: $out"; exit 0; }
"$here/../../tools/lavapipe.sh" >/dev/null   # Mesa 25 with the AMD and Intel drivers, and the backports
export DEBIAN_FRONTEND=noninteractive
. /etc/os-release
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
mirror=${mirror:-$(awk '$1=="deb"{print $2; exit}' /etc/apt/sources.list 2>/dev/null)}
work=$(mktemp -d); trap 'rm -rf "$work" /etc/apt/sources.list.d/gpu-stats.list /etc/apt/preferences.d/gpu-stats' EXIT
chmod 755 "$work"
keys=signed-by=/usr/share/keyrings/debian-archive-keyring.gpg
{
  grep -qs "$VERSION_CODENAME-backports" /etc/apt/sources.list.d/backports.list || echo "deb [$keys] $mirror $VERSION_CODENAME-backports main"
  echo "deb-src [$keys] $mirror $VERSION_CODENAME-backports main"
  echo "deb [$keys] $mirror trixie main"
} >/etc/apt/sources.list.d/gpu-stats.list
printf 'Package: *\nPin: release n=trixie\nPin-Priority: -10\n' >/etc/apt/preferences.d/gpu-stats
apt-get update -qq
apt-get install -y -qq -t "$VERSION_CODENAME-backports" meson libdrm-dev >/dev/null
apt-get install -y -qq ninja-build python3-mako python3-yaml python3-packaging bison flex pkg-config libelf-dev libzstd-dev \
  zlib1g-dev libexpat1-dev libudev-dev glslang-tools gcc g++ libvulkan-dev spirv-tools xz-utils >/dev/null
mkdir -p "$out/nvidia"

# NVIDIA: a driver package of Debian 13 and what it links to, unpacked, never installed.
cd "$work"
for p in mesa-vulkan-drivers libc6 libvulkan1 libdrm2 zlib1g libzstd1 libxcb1 libx11-xcb1 libxcb-dri3-0 libxcb-present0 libxcb-xfixes0 libxcb-sync1 \
  libxcb-randr0 libxcb-shm0 libxshmfence1 libwayland-client0 libexpat1 libstdc++6 libgcc-s1 libxau6 libxdmcp6 libffi8 libbsd0 libmd0 libdisplay-info2 libudev1 libcap2; do
  apt-get download -qq "$p/trixie" 2>/dev/null || apt-get download -qq "$p" 2>/dev/null
done
for deb in ./*.deb; do dpkg -x "$deb" "$out/nvidia"; done

# The shims and the Adreno driver.
apt-get source -qq --download-only "mesa/$VERSION_CODENAME-backports" 2>/dev/null || true   # the packaging itself isn't needed
tar xf mesa_25*.orig.tar.xz
cd mesa-25*/
export PATH=/usr/bin:/bin:$PATH
meson setup build -Dvulkan-drivers=freedreno -Dfreedreno-kmds=msm -Dgallium-drivers=nouveau -Dtools=drm-shim,intel -Dopengl=true -Dplatforms= -Dglx=disabled \
  -Degl=disabled -Dgbm=disabled -Dgles1=disabled -Dgles2=disabled -Dgallium-va=disabled -Dgallium-vdpau=disabled -Dllvm=disabled -Dvalgrind=disabled \
  -Dlibunwind=disabled -Dbuildtype=plain -Doptimization=1 -Db_ndebug=true --wrap-mode=nodownload >"$work/meson.log" 2>&1 || { tail -n 20 "$work/meson.log"; exit 1; }
built=(src/intel/tools/libintel_noop_drm_shim.so src/nouveau/drm-shim/libnouveau_noop_drm_shim.so src/freedreno/drm-shim/libfreedreno_noop_drm_shim.so src/freedreno/vulkan/libvulkan_freedreno.so)
ninja -C build "${built[@]}" >"$work/ninja.log" 2>&1 || { tail -n 20 "$work/ninja.log"; exit 1; }
cp "${built[@]/#/build/}" "$out/"
touch "$out/done"
echo "made: $out"
