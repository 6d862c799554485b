#!/usr/bin/env bash
# Installs what is missing, builds, and passes every test.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

need_packages "${build_packages[@]}" "${test_packages[@]}"
cmake --preset release > /dev/null
cmake --build --preset release
ctest --preset release
