#!/usr/bin/env bash
# Random project files, within the schema and just outside (tests/soak.py).
# SOAK_SEED repeats a day's run, SOAK_COUNT makes it longer.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base
"$python" tests/soak.py "$TERRAMIS" "$work" "${SOAK_COUNT:-500}" \
    "${SOAK_SEED:-$((RANDOM * 32768 + RANDOM))}" || failures=$((failures + 1))
finish
