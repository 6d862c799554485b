#!/usr/bin/env bash
# Runs every fuzz target for some seconds each, from its corpus, keeping nothing it finds but crashes.
#     scripts/fuzz.sh [SECONDS] [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(ls tests/fuzz/corpus)
fi
cmake --preset fuzz > /dev/null
cmake --build --preset fuzz --target "${targets[@]}" -- --quiet

found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
for target in "${targets[@]}"; do
    echo "$target"
    log=$found/$target.log
    mkdir "$found/$target"
    if ! build/fuzz/tests/fuzz/"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix=build/fuzz/ "$found/$target" "tests/fuzz/corpus/$target" 2> "$log"; then
        tail -n 40 "$log" >&2
        exit 1
    fi
    tail -n 1 "$log"
done
