#!/usr/bin/env bash
# Tries a built package on a Debian 12 that holds nothing else: packaging/try_fresh_debian.sh [FILE.deb [OUT]]
#
# Makes a minimal system in a folder (debootstrap), installs the package with nothing but what it
# declares to depend on, shows that no library is missing and that the self-test passes, and then does
# there all that try_package.sh does. Needs root and a Debian mirror; about 5 minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$(realpath "${1:-$(ls "$here"/../dist/reckoner_*.deb)}")
out=$(realpath -m "${2:-$here/../out/fresh}")
# the mirror this system uses, unless another one is named
mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)}
[ "$(id -u)" -eq 0 ] || { echo "Making a system in a folder needs root." >&2; exit 2; }
command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null; }
root=$(mktemp -d) && chmod 755 "$root"
end() {
  umount --recursive "$root/proc" "$root/dev" 2>/dev/null || true
  if mountpoint -q "$root/dev" || mountpoint -q "$root/proc"; then echo "$root is still in use" >&2; else rm -rf "$root"; fi
}
trap end EXIT
mkdir -p "$out"

echo "$(date +%T) making a Debian 12"
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$out/debootstrap.log" 2>&1 || { tail "$out/debootstrap.log"; exit 1; }
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"
cp "$package" "$root/reckoner.deb"
install -m 755 "$here/try_package.sh" "$root/try_package.sh"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod 755 "$root/usr/sbin/policy-rc.d"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

echo "$(date +%T) installing the package and what it depends on"
inside apt-get install -y -qq --no-install-recommends /reckoner.deb >"$out/install.log" 2>&1 || { tail "$out/install.log"; exit 1; }
# the start program lets libraries be searched in the bundle
inside env LD_LIBRARY_PATH=/usr/lib/reckoner/_internal sh -c 'find /usr/lib/reckoner -name "*.so*" -type f -exec ldd {} +' >"$out/libraries.txt" 2>&1
if grep 'not found' "$out/libraries.txt"; then echo "A library is missing." >&2; exit 1; fi

echo "$(date +%T) self-test"
inside reckoner-desktop --self-test >"$out/self-test.txt" 2>&1 || { cat "$out/self-test.txt"; exit 1; }
tail -1 "$out/self-test.txt"

echo "$(date +%T) as a buyer would"
inside bash /try_package.sh /reckoner.deb /tried || { cp -r "$root/tried" "$out/"; exit 1; }
rm -rf "$out/tried" && cp -r "$root/tried" "$out/tried"
