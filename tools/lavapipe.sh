#!/usr/bin/env bash
# Installs Mesa's software Vulkan driver (lavapipe) on Debian, as root, where there is no driver yet:
# for tests and benches of the kernels it is several times faster than the SwiftShader of a browser.
# Debian 12's own Mesa is too old for Dawn; its backports have one that will do.
set -euo pipefail
if ls /usr/share/vulkan/icd.d/*.json >/dev/null 2>&1; then exit 0; fi
. /etc/os-release
export DEBIAN_FRONTEND=noninteractive
release=()
if [[ $VERSION_CODENAME == bookworm ]]; then
  release=(-t bookworm-backports)
  # From where the system takes its packages.
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
  mirror=${mirror:-$(awk '$1 == "deb" { print $2; exit }' /etc/apt/sources.list)}
  echo "deb $mirror bookworm-backports main" >/etc/apt/sources.list.d/backports.list
fi
apt-get update -qq
apt-get install -y -qq "${release[@]}" mesa-vulkan-drivers
