#!/usr/bin/env bash
# Installs into an empty folder, and builds and runs a small program against what is there: by
# pkg-config with both libraries, and by CMake's find_package.
#     installed.sh BUILD_FOLDER
set -euo pipefail
build=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cmake --install "$build" --prefix "$folder/usr" > /dev/null
cd "$folder"
library=$(dirname "$(find usr -name softmax.pc)")
library=$(realpath "$library/..")
export PKG_CONFIG_PATH=$library/pkgconfig

# shellcheck disable=SC2046
cc -std=c17 -Wall -Werror "$here/program.c" $(pkg-config --cflags --libs softmax) -o dynamic
LD_LIBRARY_PATH=$library ./dynamic

# shellcheck disable=SC2046
cc -std=c17 -Wall -Werror "$here/program.c" -I usr/include "$library/libsoftmax.a" \
    $(pkg-config --static --libs-only-l --libs-only-other softmax | sed 's/-lsoftmax//') -o static
./static

cmake -S "$here" -B cmake-build -DCMAKE_PREFIX_PATH="$folder/usr" > /dev/null
cmake --build cmake-build > /dev/null
./cmake-build/program_static
LD_LIBRARY_PATH=$library ./cmake-build/program_shared

# The installed program, its manual and its completion.
usr/bin/softmax --version
for file in usr/share/man/man1/softmax-train.1 usr/share/bash-completion/completions/softmax; do
    test -s "$file" || { echo "$file is missing" >&2; exit 1; }
done

if grep -qx 'SOFTMAX_LAB:STRING=ON' "$build/CMakeCache.txt"; then
    for file in index.html main.js rooms/softmax.js softmax.wasm uplot/uPlot.esm.js; do
        test -s "usr/share/softmax/lab/$file" || { echo "the lab's $file is missing" >&2; exit 1; }
    done
fi
