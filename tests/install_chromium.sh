#!/bin/sh
# Makes sure that the browser tests have a Chromium: the one that is there, Debian's package, or Playwright's own.
set -eu
for name in "${CHROMIUM:-}" chromium chromium-browser; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium && exit 0
fi
exec "$1" -m playwright install --with-deps chromium
