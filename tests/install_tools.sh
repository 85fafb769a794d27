#!/bin/sh
# Makes sure that a tool of the tests is there: `node` (with npm), `java`, or `chromium PYTHON`.
# Chromium is the one that is installed, Debian's package, or Playwright's own.
set -eu
debian() {
  command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"
}
case "$1" in
  node)
    if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then exit 0; fi
    debian nodejs npm || { echo "The search is tested in Node: install nodejs 18 or newer, with npm" >&2; exit 1; }
    ;;
  java)
    if command -v java >/dev/null 2>&1; then exit 0; fi
    debian default-jre-headless || { echo "Pages are checked by the Nu Html Checker: install Java 11 or newer" >&2; exit 1; }
    ;;
  chromium)
    for name in "${CHROMIUM:-}" chromium chromium-browser; do
      if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
    done
    debian chromium || exec "$2" -m playwright install --with-deps chromium
    ;;
esac
