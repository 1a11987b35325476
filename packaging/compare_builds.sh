#!/usr/bin/env bash
# Builds one commit twice, in clean clones at two places, and says which bytes differ: none may.
# packaging/compare_builds.sh [COMMIT]
#
# The second build has another folder, umask, time zone and language. What the commit and the lock do not
# fix is the system: its Python, its libffi and XCB helpers, its strip, xz and dpkg-deb. Another release of
# those gives other bytes; sbom.cdx.json in the bundle names the versions that went in.
set -euo pipefail
cd "$(dirname "$0")/.."
commit=$(git rev-parse "${1:-HEAD}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
first=$work/first second=$work/second-at-a-longer-path
for place in "$first" "$second"; do
  git clone --quiet . "$place"
  git -C "$place" checkout --quiet --detach "$commit"
  echo "Building $commit in $place"
  # nothing of the caller's may get in: another account, folder, language, time zone, umask
  (umask "$([ "$place" = "$first" ] && echo 022 || echo 077)"
   env -u PYTHONPATH LC_ALL="$([ "$place" = "$first" ] && echo C.UTF-8 || echo C)" \
     TZ="$([ "$place" = "$first" ] && echo UTC || echo Asia/Shanghai)" make -s -C "$place" package)
done
differing=$(cd "$first/dist" && find . -type f -print0 | sort -z |
  while IFS= read -r -d '' file; do cmp -s "$file" "$second/dist/$file" || echo "$file"; done)
missing=$(diff <(cd "$first/dist" && find . | sort) <(cd "$second/dist" && find . | sort) || true)
if [ -n "$differing$missing" ]; then
  echo "The builds differ:"
  echo "$differing$missing"
  diff <(cd "$first/dist" && tar -tvf reckoner-*.tar.xz) <(cd "$second/dist" && tar -tvf reckoner-*.tar.xz) || true
  diff <(cd "$first/dist" && dpkg-deb -c reckoner_*.deb) <(cd "$second/dist" && dpkg-deb -c reckoner_*.deb) || true
  exit 1
fi
echo "The same bytes in both: $(find "$first/dist" -type f | wc -l) files"
cat "$first/dist/SHA256SUMS"
