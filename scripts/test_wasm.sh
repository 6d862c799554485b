#!/usr/bin/env bash
# Installs what is missing, compiles the library's core to WebAssembly, and passes its tests in
# Node.js.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

need_packages "${build_packages[@]}"
need_lab
cmake --preset wasm > /dev/null
cmake --build --preset wasm -- --quiet
ctest --preset wasm
