#!/usr/bin/env bash
# Runs a command with NARU_DATABASE_URL set to a PostgreSQL of its own, started in a temporary folder and thrown away.
# A wait of two minutes for a lock is a fault of the test that holds it: it is refused, so that nothing hangs.
# usage: tools/postgres.sh COMMAND [ARG ...]
set -euo pipefail
shopt -s nullglob
find_bin() { local candidates=(/usr/lib/postgresql/*/bin/initdb); [ ${#candidates[@]} -gt 0 ] && dirname "${candidates[-1]}"; }
bin=$(find_bin || true)
if [ -z "$bin" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Debian's PostgreSQL"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  bin=$(find_bin || true)
fi
if [ -z "$bin" ]; then
  echo "SKIPPED: the PostgreSQL tests. No PostgreSQL server here; install Debian's package postgresql" >&2
  [ -z "${CI:-}" ] || exit 1
  exit 0
fi
dir=$(mktemp -d)
as_server() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$1"; else bash -c "$1"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$dir"
port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
stop() { as_server "'$bin/pg_ctl' -D '$dir/data' -m immediate stop" >/dev/null 2>&1 || true; rm -rf "$dir"; }
trap stop EXIT
as_server "'$bin/initdb' -D '$dir/data' -A trust -U naru -E UTF8 --locale=C.UTF-8" >/dev/null
as_server "'$bin/pg_ctl' -D '$dir/data' -w -l '$dir/log' -o \"-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$dir' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c lock_timeout=120s\" start" >/dev/null
NARU_DATABASE_URL="postgresql://naru@127.0.0.1:$port/postgres" "$@"
