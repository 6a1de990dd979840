#!/usr/bin/env bash
# Installs Mesa's software Vulkan driver (lavapipe) on Debian, as root, or upgrades one that Dawn does
# not accept: Debian 12's own Mesa is too old, but its backports have a newer one. Tests and benches of
# the kernels run several times faster on lavapipe than on the SwiftShader of a browser.
set -euo pipefail
# The oldest version that the tests have passed on. Dawn refuses 22.3.
oldest=25
installed=$(dpkg-query --show --showformat='${Version}' mesa-vulkan-drivers 2>/dev/null || true)
if [[ -n $installed ]] && dpkg --compare-versions "$installed" ge "$oldest"; then exit 0; fi
. /etc/os-release
export DEBIAN_FRONTEND=noninteractive
release=()
if [[ $VERSION_CODENAME == bookworm ]]; then
  release=(-t bookworm-backports)
  # The backports come from the same mirror as the system's other packages.
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
  mirror=${mirror:-$(awk '$1 == "deb" { print $2; exit }' /etc/apt/sources.list)}
  echo "deb $mirror bookworm-backports main" >/etc/apt/sources.list.d/backports.list
fi
apt-get update -qq
apt-get install -y -qq "${release[@]}" mesa-vulkan-drivers
