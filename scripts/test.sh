#!/usr/bin/env bash
# Installs what is missing, builds, and passes every test.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

need_packages "${build_packages[@]}" "${test_packages[@]}"
need_lab
cmake --preset release -D SOFTMAX_LAB=ON > /dev/null
cmake --build --preset release -- --quiet

# The tests that open models and event files with other tools need Python's readers; without a way to
# get them, they say that they were skipped.
python=build/python
readers='import numpy, safetensors, tensorboard'
if [ ! -x $python/bin/python ] || ! $python/bin/python -c "$readers" 2> /dev/null; then
    echo "Making a Python environment with numpy, safetensors and tensorboard in $python"
    python3 -m venv $python > /dev/null &&
        $python/bin/pip install --quiet --disable-pip-version-check numpy==2.2.6 safetensors==0.6.2 \
            tensorboard==2.21.0 ||
        echo "That did not work: the tests with other tools will be skipped" >&2
fi
if $python/bin/python -c "$readers" 2> /dev/null; then
    export SOFTMAX_PYTHON=$PWD/$python/bin/python
fi
need_browser build/browser
if [ -z "${SOFTMAX_DATA:-}" ]; then
    echo "SOFTMAX_DATA is not set: tests on real data sets will be skipped"
fi
ctest --preset release
