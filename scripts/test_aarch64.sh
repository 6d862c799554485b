#!/usr/bin/env bash
# Installs what is missing, cross-compiles the library for AArch64, and passes its tests in an
# emulator; all but a few, which take long there (tests/left_out.cmake).
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

need_packages "${build_packages[@]}" "${test_packages[@]}" "${cross_packages[@]}"
need_arm64_libraries build/aarch64-libraries
cmake --preset aarch64 > /dev/null
cmake --build --preset aarch64 -- --quiet
ctest --preset aarch64
