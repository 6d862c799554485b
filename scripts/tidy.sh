#!/usr/bin/env bash
# clang-tidy on the source, or on these files; silent if all is well. What only the WebAssembly build
# has is looked at there: scripts/test_wasm.sh makes it.
#     scripts/tidy.sh [FILE…]
set -euo pipefail
cd "$(dirname "$0")/.."

files=("$@")
if [ ${#files[@]} -eq 0 ]; then
    mapfile -t files < <(git ls-files 'src/*.c' 'examples/*.c')
fi
cmake --preset clang > /dev/null

# Kernels are compiled for each instruction set and width of vectors, and would be looked at as often,
# which takes as long as all the rest. The last is the widest; one short file is enough for the simd.h
# of the others.
python3 - << 'END'
import json
import pathlib

build = pathlib.Path("build/clang")
commands = json.loads((build / "compile_commands.json").read_text())
last = {command["file"]: command for command in commands}
each = [c for c in commands if c["file"].endswith("vector/elementwise.c")]
others = [c for name, c in last.items() if not name.endswith("vector/elementwise.c")]
(build / "once").mkdir(exist_ok=True)
(build / "once" / "compile_commands.json").write_text(json.dumps(each + others))
END

# The analyser gives a function up after so many states. Left to itself it would after 225,000, which
# takes three times as long, nearly all of it in loops that it goes round once more.
states=(--extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang
    --extra-arg=max-nodes=60000)

for file in "${files[@]}"; do
    case $file in
    src/wasm/* | src/*/bare.c) echo "build/wasm $file" ;;
    *) echo "build/clang/once $file" ;;
    esac
done | xargs -P "$(nproc)" -n 2 clang-tidy -quiet "${states[@]}" 2> >(grep -v ' warnings\? generated\.$' >&2) -p
