#!/usr/bin/env bash
# Measures softmax beside its peers and prints medians and ratios.
#     bench/run.sh [CASE…]                  all cases, or these; build/bench/results.json has all of it
#     bench/run.sh --record FILE [CASE…]    the same, and their tables go into FILE, between its markers
#     bench/run.sh --smoke [CASE…]          a minute on tiny data, to see that it works
#     bench/run.sh --calibrate [CASE…]      finds the peers' tolerances again (bench/tolerances.json)
#     bench/run.sh --list                   the cases
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE # so that NumPy picks its own kernels
smoke=false
for argument in "$@"; do
    if [ "$argument" = --smoke ]; then
        smoke=true
    fi
done
preset=(bench)
requirements=bench/requirements.txt
python=build/bench-python
if $smoke; then
    preset=("$(program_preset)" -D SOFTMAX_BENCH=ON)
    requirements=bench/requirements-smoke.txt
    python=build/bench-python-smoke
fi
export BENCH_PROGRAMS=$PWD/build/${preset[0]}/bin
mkdir -p build/bench

# install LINE…: into the environment, all together or else one by one, naming what does not install.
install() {
    local line pip=("$python/bin/pip" install --quiet --disable-pip-version-check --no-compile)
    if "${pip[@]}" "$@" 2> /dev/null; then
        return
    fi
    for line in "$@"; do
        "${pip[@]}" -c $requirements "$line" 2> /dev/null || echo "Does not install: $line" >&2
    done
}

need_packages "${build_packages[@]}" python3 python3-venv
if ! $smoke && command -v apt-get > /dev/null; then
    need_packages liblinear4 || echo "LIBLINEAR does not install" >&2
fi
cmake --preset "${preset[@]}" > /dev/null
cmake --build --preset "${preset[0]}" -- --quiet

if ! cmp -s $requirements $python/installed.txt; then
    echo "Making a Python environment with the peers in $python"
    rm -rf $python
    python3 -m venv $python
    mapfile -t lines < <(grep -v '^#' $requirements)
    install "${lines[@]}"
    cp $requirements $python/installed.txt
fi
if ! $python/bin/python -c 'import numpy, scipy' 2> /dev/null; then
    echo "NumPy and SciPy do not install, and nothing can be judged without them" >&2
    if $smoke; then
        exit 0
    fi
    exit 1
fi
export PYTHONPYCACHEPREFIX=$PWD/build/bench/pycache # nothing is left in the tree
unset PYTHONDONTWRITEBYTECODE # a peer is compiled once, not in each of its processes
exec $python/bin/python bench/main.py "$@"
