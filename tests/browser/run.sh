#!/usr/bin/env bash
# run.sh TEST.mjs PROGRAM: runs a test in a browser on the program, in a new empty folder. Exits with
# 77, saying why, where it cannot: scripts/test.sh gets what it takes.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
test=$(realpath "$1")
SOFTMAX=$(realpath "$2")
SOFTMAX_BROWSER=${SOFTMAX_BROWSER:-$(realpath -m "$here/../../build/browser")}
export SOFTMAX SOFTMAX_BROWSER

if ! command -v node > /dev/null; then
    echo "skipped: node is not here"
    exit 77
fi
if [ ! -d "$SOFTMAX_BROWSER/node_modules/playwright-core" ]; then
    echo "skipped: playwright-core is not in $SOFTMAX_BROWSER; scripts/test.sh installs it"
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
node "$test"
