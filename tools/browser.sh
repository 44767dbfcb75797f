#!/usr/bin/env bash
# Sees to it that Chromium and a Korean font are here for the browser tests; installs Debian's when root.
set -euo pipefail
have() { command -v chromium >/dev/null 2>&1 && [ -n "$(fc-list :lang=ko family 2>/dev/null)" ]; }
have && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Debian's chromium and Korean fonts (about a minute)"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
  have && exit 0
fi
if [ -n "${CI:-}" ]; then
  echo "error: Chromium or a Korean font is missing, and nothing may be skipped in CI" >&2
  exit 1
fi
echo "SKIPPED: the browser tests. Chromium or fonts-noto-cjk is missing; install them (as root: apt-get install chromium fonts-noto-cjk)" >&2
