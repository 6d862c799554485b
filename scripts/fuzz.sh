#!/usr/bin/env bash
# Runs every fuzz target for some seconds each, as many at a time as there are processors, or as
# SOFTMAX_FUZZ_JOBS says, from its corpus, keeping nothing it finds but crashes.
#     scripts/fuzz.sh [SECONDS] [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(ls tests/fuzz/corpus)
fi
cmake --preset asan > /dev/null
cmake --build --preset asan --target "${targets[@]}" -- --quiet

found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT

# fuzz TARGET: says in one line how far it came, or else what it found.
fuzz() {
    local target=$1 log=$found/$1.log
    mkdir "$found/$target"
    if ! build/asan/tests/fuzz/"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix=build/asan/ "$found/$target" "tests/fuzz/corpus/$target" 2> "$log"; then
        printf '%s:\n%s\n' "$target" "$(tail -n 40 "$log")" >&2
        return 255 # xargs starts no more
    fi
    echo "$target: $(tail -n 1 "$log")"
}
export -f fuzz
export seconds found
printf '%s\n' "${targets[@]}" | xargs -P "${SOFTMAX_FUZZ_JOBS:-$(nproc)}" -I {} bash -c 'fuzz "$1"' fuzz {}
