#!/usr/bin/env bash
# The shared library exports exactly the functions of the header; and in the static one every global
# name begins with sm_ or smi_, so that it cannot meet a name of its user's.
#     symbols.sh HEADER SHARED STATIC
set -euo pipefail
header=$1 shared=$2 static=$3

declared=$(tr '\n' ' ' < "$header" | grep -o 'SM_API [^;{]*;' | grep -o 'sm_[a-z0-9_]*(' | tr -d '(' | sort -u)
exported=$(nm -D --defined-only "$shared" | awk '{ print $NF }' | sort -u)
if ! diff <(echo "$declared") <(echo "$exported"); then
    echo "< is declared with SM_API but not exported, > is exported but not declared" >&2
    exit 1
fi
stray=$(nm -g --defined-only "$static" | awk 'NF == 3 { print $3 }' | grep -v '^smi\?_' || true)
if [ -n "$stray" ]; then
    echo "global names that do not begin with sm_ or smi_: $stray" >&2
    exit 1
fi
echo "$(wc -l <<< "$declared") functions"
