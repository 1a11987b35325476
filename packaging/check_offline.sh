#!/usr/bin/env bash
# Shows that a built bundle stays offline: packaging/check_offline.sh [BUNDLE [OUT]]
#
# Runs the self-test, the window (open, optimise, save, export) and the command line under strace, and
# reads from the traces which sockets were opened. All of it twice: as it is, and inside a network
# namespace without interfaces. Then the window once more with a message bus, as on a real desktop.
# Traces, pictures and files stay in OUT. Needs strace xvfb openbox xdotool imagemagick dbus, and
# either root or the right to make user namespaces; where tracing or namespaces are forbidden it says what
# was not shown and ends with 77.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bundle=$(realpath "${1:-$here/../dist/reckoner}")
out=$(realpath -m "${2:-$here/../out/offline}")
python=${PYTHON:-$here/../.venv/bin/python}
export PYTHONPATH=$here
tools=(strace xvfb openbox xdotool imagemagick dbus)
missing=()
for name in "${tools[@]}"; do
  dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
done
if [ ${#missing[@]} -gt 0 ]; then
  [ "$(id -u)" -eq 0 ] || { echo "Needed: ${missing[*]}" >&2; exit 2; }
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
rm -rf "$out" && mkdir -p "$out"
strace -o "$out/may-trace" true 2>/dev/null ||
  { echo "NOT SHOWN: this system does not let programs be traced." >&2; exit 77; }
shown=0

export HOME=$out/home XDG_CONFIG_HOME=$out/home/config XDG_DATA_HOME=$out/home/data
export XDG_CACHE_HOME=$out/home/cache XDG_STATE_HOME=$out/home/state TMPDIR=$out/tmp
mkdir -p "$HOME" "$TMPDIR"
unset DBUS_SESSION_BUS_ADDRESS QT_QPA_PLATFORM WAYLAND_DISPLAY SSH_AUTH_SOCK

started=()
stop() { for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done; }
trap stop EXIT
number=90; while [ -e "/tmp/.X11-unix/X$number" ]; do number=$((number + 1)); done
export DISPLAY=:$number
Xvfb "$DISPLAY" -screen 0 1280x800x24 -nolisten tcp >"$out/xvfb.log" 2>&1 & started+=($!)
until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.1; done
openbox >"$out/openbox.log" 2>&1 & started+=($!)

traced() { # FILE COMMAND...
  local file=$1; shift
  "${inside[@]}" strace -f -e trace=network,io_uring_setup,execve -o "$file" "$@"
}

window() { # NAME
  cp "$bundle/_internal/resources/samples/hybrid_routing.reckon" "$out/$1.reckon"
  traced "$out/$1.trace" "$bundle/reckoner-desktop" "$out/$1.reckon" & local process=$!
  "$python" -m audit.drive_window "$out/$1.reckon" "$out/$1.xlsx" "$out/$1.png" || { kill "$process"; return 1; }
  wait "$process"
}

everything() { # NAME: of the files
  local sample=$bundle/_internal/resources/samples/hybrid_routing.reckon
  traced "$out/$1-self-test.trace" "$bundle/reckoner-desktop" --self-test >"$out/$1-self-test.txt"
  traced "$out/$1-evaluate.trace" "$bundle/reckoner" evaluate "$sample" >"$out/$1-evaluate.txt"
  traced "$out/$1-optimise.trace" "$bundle/reckoner" optimise "$sample" --seconds 10 -o "$out/$1-decided.reckon" >"$out/$1-optimise.txt"
  traced "$out/$1-export.trace" "$bundle/reckoner" export "$out/$1-decided.reckon" "$out/$1-decided.xlsx" >"$out/$1-export.txt"
  window "$1-window"
}

inside=()
echo "As it is"
everything plain
"$python" -m audit.trace "$out"/plain-*.trace

echo "In a network namespace without interfaces"
if [ "$(id -u)" -eq 0 ]; then inside=(unshare --net); else inside=(unshare --map-root-user --net); fi
if ! "${inside[@]}" true 2>/dev/null; then
  echo "NOT SHOWN: this system does not let us make a network namespace." >&2
  shown=77
else
  "${inside[@]}" sh -c 'test "$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " ")" = lo && test ! -s /proc/net/route -o "$(wc -l </proc/net/route)" -le 1' \
    || { echo "The namespace has a way out; this proves nothing." >&2; exit 1; }
  everything isolated
  "$python" -m audit.trace "$out"/isolated-*.trace
fi

echo "With a message bus for the session"
inside=()
bus=$out/bus
dbus-daemon --session --nofork --nosyslog --address="unix:path=$bus" >"$out/bus.log" 2>&1 & started+=($!)
until [ -e "$bus" ]; do sleep 0.1; done
export DBUS_SESSION_BUS_ADDRESS=unix:path=$bus
window bus-window
"$python" -m audit.trace --bus "$bus" "$out"/bus-*.trace
echo "No socket but the display's, and the message bus where there is one."
exit $shown
