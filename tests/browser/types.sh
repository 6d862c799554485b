#!/usr/bin/env bash
# types.sh: whether the page's JavaScript agrees with the types that its comments state. Exits with 77,
# saying why, where TypeScript is not at hand: scripts/test.sh gets it.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
compiler=${SOFTMAX_BROWSER:-$here/../../build/browser}/node_modules/.bin/tsc

if [ ! -x "$compiler" ]; then
    echo "skipped: $compiler is not here; scripts/test.sh installs it"
    exit 77
fi
exec "$compiler" -p "$here/../../web"
