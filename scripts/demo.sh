#!/usr/bin/env bash
# Installs what is missing, builds, unless scripts/test.sh has, trains softmax regression on generated
# digits, and tests it on fresh ones. Leaves the model and a report on it in demo/, and pictures where
# gnuplot can draw them.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

need_packages "${build_packages[@]}"
preset=$(program_preset)
cmake --preset "$preset" > /dev/null
cmake --build --preset "$preset" --target softmax -- --quiet
mkdir -p demo
softmax=build/$preset/bin/softmax

show() {
    echo
    echo "\$ softmax $*"
    "$softmax" "$@"
}

# show_picture KIND ARGUMENT… -o FILE
show_picture() {
    if command -v gnuplot > /dev/null; then
        show plot "$@"
    fi
}

show train digits -o demo/digits.safetensors --log demo/digits.jsonl
show evaluate demo/digits.safetensors digits
show predict demo/digits.safetensors digits --row 3 --top-k 3
show_picture images digits -o demo/digits.png
show_picture predictions demo/digits.safetensors digits --wrong-only --sort surest -o demo/mistakes.png
show report demo/digits.safetensors digits --log demo/digits.jsonl -o demo/report.html
echo
echo "The model is demo/digits.safetensors; any safetensors reader opens it."
echo "What there is to see of it is demo/report.html; open it in a browser."
