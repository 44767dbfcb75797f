#!/usr/bin/env bash
# Rewrites the hashed lock files from pyproject.toml and package.json; needs uv and npm on PATH. No index host is written.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet "$@"; }
compile --group build --output-file requirements/run.lock
compile --group build --group dev --output-file requirements/dev.lock
compile --group build --group dev --group bench --output-file requirements/bench.lock
npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund
