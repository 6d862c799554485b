#!/usr/bin/env bash
# Rules of the source tree that neither compiler nor formatter sees. Prints what breaks them.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0
# refuse TITLE PATTERN PATHS…: no line of these files may match.
refuse() {
    local title=$1 pattern=$2 found
    shift 2
    found=$(git grep -InE "$pattern" -- "$@") || [ $? -eq 1 ] # 1: no line matches; else it broke
    if [ -n "$found" ]; then
        printf '%s:\n%s\n' "$title" "$found" >&2
        failed=1
    fi
}

refuse "an include that reaches around the modules' visibility" '#include "\.\./' src
refuse "a report's parts used by others" '#include "cli/report/' src/cli ':!src/cli/report'
refuse "what is drawn of data seeing how training is watched" '#include "cli/watch/' \
    src/cli/data src/cli/plot src/cli/report
refuse "the operating system outside src/sys and src/cli" \
    '#include <(unistd|fcntl|pthread|signal|sched|time|dirent|spawn|sys/.*)\.h>' \
    src/base src/kernel src/data src/model src/train src/eval src/plot src/report src/serve \
    src/wasm
refuse "intrinsics outside their instruction set's folder" \
    '#include <[a-z_]*(intrin|neon|simd128)\.h>|\bv128_t\b|_mm[0-9]*_|__m(128|256|512)|(float|int)(8|16|32|64)x[0-9]+_t' \
    src ':!src/kernel/x86_64' ':!src/kernel/avx2' ':!src/kernel/avx512' ':!src/kernel/neon' ':!src/kernel/wasm'
refuse "anything but the public header in an example" '#include "[^"]*/' examples
refuse "words of work in progress" '\b(TODO|FIXME|XXX|HACK)\b|^ *# *if 0' \
    . ':!scripts/check_tree.sh'
refuse "paths of one machine" '/(home|root|work|Users)/[a-z]' . ':!scripts/check_tree.sh'

# Files that fit in a head.
long=$(git ls-files 'src/*.[ch]' | xargs wc -l | awk '$2 != "total" && $1 > 600')
if [ -n "$long" ]; then
    printf 'longer than 600 lines:\n%s\n' "$long" >&2
    failed=1
fi
exit $failed
