#!/usr/bin/env bash
# Installs what is missing, builds, trains softmax regression on generated digits, and tests it on
# fresh ones. Leaves the model in demo/.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

need_packages "${build_packages[@]}"
cmake --preset demo > /dev/null
cmake --build --preset demo -- --quiet
mkdir -p demo
softmax=build/demo/bin/softmax

show() {
    echo
    echo "\$ softmax $*"
    "$softmax" "$@"
}

show train digits -o demo/digits.safetensors
show evaluate demo/digits.safetensors digits
show predict demo/digits.safetensors digits --row 3 --top-k 3
echo
echo "The model is demo/digits.safetensors; any safetensors reader opens it."
