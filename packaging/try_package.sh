#!/usr/bin/env bash
# Tries a built package as a buyer would: packaging/try_package.sh [FILE.deb [OUT]]
#
# Installs it, starts it from the menu entry, opens a plan with a double click, exports the workbook
# through the window, runs the command from PATH, removes the package, and looks what is left: the
# user's files, all of them, and nothing else. Pictures and files stay in OUT. Needs root, on a system
# that may be changed: it installs what a desktop has (xvfb openbox xdotool imagemagick xdg-utils).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$(realpath "${1:-$(ls "$here"/../dist/reckoner_*.deb)}")
out=$(realpath -m "${2:-$here/../out/try}")
[ "$(id -u)" -eq 0 ] || { echo "Installing a package needs root." >&2; exit 2; }
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
user=nobody home=$out/home
say() { echo "$(date +%T) $*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND" >&2' ERR

started=()
stop() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  ! dpkg-query -W reckoner >/dev/null 2>&1 || apt-get purge -y -qq reckoner >/dev/null
}
trap stop EXIT

desktop=(xvfb openbox xdotool imagemagick xdg-utils desktop-file-utils shared-mime-info
  hicolor-icon-theme libglib2.0-bin fonts-dejavu-core man-db unzip)
missing=()
for name in "${desktop[@]}"; do
  dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
done
if [ ${#missing[@]} -gt 0 ]; then
  say "installing what a desktop has: ${missing[*]}"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if dpkg-query -W reckoner >/dev/null 2>&1; then apt-get purge -y -qq reckoner >/dev/null; fi

# every file of the system, but those that the package manager itself writes at every call
system() { find /usr /etc /opt /srv /root /var -xdev \( -path /var/lib/dpkg -o -path /var/lib/apt \
  -o -path /var/cache -o -path /var/log -o -path "$out" \) -prune -o -print | sort; }
rm -rf "$out" && mkdir -p "$home" "$out/root"
export HOME=$out/root  # of the window manager and other tools of this script
system >"$out/before.txt"

say "installing $(basename "$package")"
apt-get install -y -qq "$package" >"$out/install.log" 2>&1 || { cat "$out/install.log"; fail "apt-get install"; }
desktop-file-validate /usr/share/applications/reckoner.desktop
man --warnings -l /usr/share/man/man1/reckoner.1.gz 2>&1 >/dev/null | grep . && fail "manual page"
[ -f /usr/share/icons/hicolor/48x48/apps/reckoner.png ] || fail "no icon"

number=70; while [ -e "/tmp/.X11-unix/X$number" ]; do number=$((number + 1)); done
export DISPLAY=:$number
Xvfb "$DISPLAY" -screen 0 1280x800x24 -nolisten tcp >"$out/xvfb.log" 2>&1 & started+=($!)
until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.1; done
openbox >"$out/openbox.log" 2>&1 & started+=($!)

sample=/usr/lib/reckoner/_internal/resources/samples/customer_service.reckon
cp "$sample" "$home/plan.reckon"
chown -R "$user" "$home"; chmod 755 "$out"
as_user() { # COMMAND...: as somebody who may write to no folder but their own, on Debian's own desktop
  (cd "$home" && setpriv --reuid="$user" --regid=nogroup --clear-groups env -i PATH=/usr/local/bin:/usr/bin:/bin \
    HOME="$home" DISPLAY="$DISPLAY" LANG=C.UTF-8 XDG_CURRENT_DESKTOP=GNOME "$@")
}
window() { # PATTERN SECONDS
  for _ in $(seq $(($2 * 5))); do
    found=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | head -1) && [ -n "$found" ] && return 0
    sleep 0.2
  done
  import -window root "$out/no-window.png"; fail "no window $1 after $2 s; see $out/no-window.png"
}
still() { # NAME: wait until nothing moves on the screen, at most a minute
  local last="" now="" equal=0
  for _ in $(seq 60); do
    now=$(import -window root rgba:- | sha256sum)
    if [ "$now" = "$last" ]; then equal=$((equal + 1)); else equal=0; fi
    [ "$equal" -ge 3 ] && break
    last=$now; sleep 1
  done
  import -window root "$out/$1.png"
}
gone() { # PATTERN
  for _ in $(seq 100); do
    xdotool search --onlyvisible --name "$1" >/dev/null 2>&1 || return 0
    sleep 0.2
  done
  fail "the window $1 did not close"
}
to_top() { xdotool windowmove "$found" 0 0 windowsize "$found" 100% 100% windowfocus --sync "$found"; }

say "starting it from the menu entry"
as_user gio launch /usr/share/applications/reckoner.desktop >"$out/menu.log" 2>&1 & started+=($!)
window "Reckoner$" 60
class=$(sed -n 's/^StartupWMClass=//p' /usr/share/applications/reckoner.desktop)
xdotool search --onlyvisible --class "^$class$" >/dev/null || fail "the window is not of the class $class"
still menu
to_top
xdotool key --clearmodifiers ctrl+q
gone "Reckoner$"

say "opening a plan with a double click"
kind=$(as_user xdg-mime query filetype "$home/plan.reckon")
handler=$(as_user xdg-mime query default "$kind")
[ "$handler" = reckoner.desktop ] || fail "$kind is opened by '$handler'"
as_user xdg-open "$home/plan.reckon" >"$out/double-click.log" 2>&1 & started+=($!)
window "^plan.reckon – Reckoner$" 60
to_top
still opened

say "exporting the workbook through the window"
workbook=$home/through-the-window.xlsx
xdotool key --clearmodifiers ctrl+e
window "^Export the workbook$" 60
still export
xdotool key --clearmodifiers ctrl+a
xdotool type --delay 20 "$workbook"
xdotool key Return
window "^Workbook written$" 120
[ -s "$workbook" ] || fail "no workbook; see $out/exported.png"
still exported
xdotool key Escape
gone "^Workbook written$"
xdotool key --clearmodifiers ctrl+q
gone "Reckoner$"

say "running the command from PATH"
[ "$(as_user reckoner --version)" = "reckoner $(dpkg-query -W -f='${Version}' reckoner)" ] || fail "version"
as_user reckoner evaluate "$home/plan.reckon" >"$out/bill.txt"
grep -q 'Owned servers\|Gemini' "$out/bill.txt" || fail "no bill; see $out/bill.txt"
as_user reckoner export "$home/plan.reckon" "$home/by-command.xlsx" >"$out/export.txt"
as_user man -w reckoner >/dev/null || fail "no manual page"
# the same bill through both doors: every sheet, but for the moment of writing
for file in through-the-window by-command; do
  rm -rf "$out/$file" && mkdir "$out/$file" && (cd "$out/$file" && unzip -q "$home/$file.xlsx")
  rm -f "$out/$file/docProps/core.xml"
done
diff -r "$out/through-the-window" "$out/by-command" >"$out/workbooks.diff" || fail "the workbooks differ; see $out/workbooks.diff"

say "removing it"
mine() { (cd "$home" && find . -type f ! -path './.cache/*' -exec sha256sum {} + | sort -k2); }
mine >"$out/mine-before.txt"
apt-get purge -y -qq reckoner >"$out/remove.log" 2>&1
mine >"$out/mine-after.txt"
diff "$out/mine-before.txt" "$out/mine-after.txt" || fail "the user's files changed"
for file in plan.reckon through-the-window.xlsx by-command.xlsx; do
  grep -q "$file" "$out/mine-after.txt" || fail "$file is gone"
done
grep -q '\.config/Reckoner/' "$out/mine-after.txt" || fail "the settings are gone"
system >"$out/after.txt"
diff "$out/before.txt" "$out/after.txt" >"$out/left.txt" || { cat "$out/left.txt"; fail "removing leaves or takes files of the system"; }
say "all of it works; $(wc -l <"$out/mine-after.txt") files of the user stayed, nothing else did"
