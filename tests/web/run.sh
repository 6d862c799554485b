#!/usr/bin/env bash
# run.sh TEST.mjs: runs tests of the page's parts. Exits with 77, saying why, where it cannot.
set -euo pipefail
if ! command -v node > /dev/null; then
    echo "skipped: node is not here"
    exit 77
fi
exec node --test "$1"
