#!/bin/sh
# Makes sure that the tests have Node, and a Chromium: the one that is there, Debian's package, or Playwright's own.
set -eu
debian() { command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; }
install() { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$1"; }
if ! command -v node >/dev/null 2>&1; then
  debian || { echo "The search is tested in Node: install nodejs 18 or newer" >&2; exit 1; }
  install nodejs
fi
for name in "${CHROMIUM:-}" chromium chromium-browser; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if debian && install chromium; then exit 0; fi
exec "$1" -m playwright install --with-deps chromium
