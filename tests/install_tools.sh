#!/bin/sh
# Makes sure that a tool of the tests is there: `node` (with npm), `java`, `chromium PYTHON`, or `tex`.
# What is missing comes as a Debian package where root runs this on Debian; elsewhere it is named, with what to do.
# Chromium's headless shell is preferred: the same engine without windows costs half as much processor. It may be
# Playwright's own, which lies in the home of whoever runs this. Fonts come with the packages of npm.
set -eu
has() { command -v "$1" >/dev/null 2>&1; }
debian() {
  has apt-get && [ "$(id -u)" = 0 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null && flock /var/lib/dpkg apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive flock /var/lib/dpkg apt-get install -qq -y --no-install-recommends "$@"
}
missing() {
  echo "$1" >&2
  exit 1
}
case "$1" in
  node)
    { has node && has npm; } || debian nodejs npm || missing "The search is tested in Node: install nodejs 18 or newer, with npm"
    node -e 'process.exit(Number(parseInt(process.versions.node) < 18))' || missing "The search is tested in Node 18 or newer, and this one is $(node --version)"
    ;;
  java)
    has java || debian default-jre-headless || missing "Pages are checked by the Nu Html Checker: install Java 11 or newer"
    java --version >/dev/null 2>&1 || missing "Pages are checked by the Nu Html Checker, which needs Java 11 or newer; this one is older"
    ;;
  chromium)
    if [ -n "${CHROMIUM:-}" ]; then
      has "$CHROMIUM" || missing "CHROMIUM names $CHROMIUM, which is no program here"
      exit 0
    fi
    has chromium-headless-shell || debian chromium-headless-shell || has chromium || has chromium-browser ||
      "$2" -m playwright install chromium-headless-shell ||
      missing "Pages are opened in Chromium: install it, or let CHROMIUM name one"
    ;;
  tex)
    { has bibtex && has biber && has pdflatex; } || debian texlive-latex-recommended texlive-bibtex-extra biber ||
      echo "The test of BibTeX exports is skipped without bibtex, biber (with biblatex) and pdflatex" >&2
    ;;
esac
