#!/usr/bin/env bash
# Debian packages that the tests, the window and `make package` need beside Python; installs what is missing when run as root.
set -euo pipefail
libraries=(libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4
  libxcb-keysyms1 libxcb-xkb1 libxcb-image0 libxcb-render-util0 libxcb-shape0 libxcb-randr0)
programs=(libreoffice-calc poppler-utils xvfb xdotool fonts-dejavu-core fonts-noto-cjk python3-venv
  binutils xz-utils)
command -v dpkg-query >/dev/null || { echo "Not a Debian system: install the equivalents of ${libraries[*]} ${programs[*]}"; exit 0; }
missing=()
for package in "${libraries[@]}" "${programs[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ]; then
  echo "Installing Debian packages: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "Some Debian packages are missing. As an administrator, run:"
  echo "  sudo apt-get install --no-install-recommends ${missing[*]}"
  echo "Going on without them: the window or the spreadsheet tests may not start."
fi
