#!/usr/bin/env bash
# Random project files, within the schema and just outside (tests/soak.py).
# SOAK_SEED repeats a day's run, SOAK_COUNT makes it longer.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# a run that does not end is told as any other that fails
cat >"$work/sleeper" <<PROGRAM
#!/bin/sh
[ "\$1" = run ] || exec "$TERRAMIS" "\$@"
exec sleep 100
PROGRAM
chmod +x "$work/sleeper"
log=$("$python" tests/soak.py "$work/sleeper" "$work" 2 7 1)
same "soak: a run without an end fails" 1 $?
check "soak: it is told with its threads, project and seed" test \
    "$(grep -c "^not ok - soak, seed 7: .*: 1 of 1 do not$\|exit None .*: no end \
in 1 s\|^thread [0-9]* (sleep) S, waits in \|{\"version\": 1" <<<"$log")" -eq 8

"$python" tests/soak.py "$TERRAMIS" "$work" "${SOAK_COUNT:-500}" \
    "${SOAK_SEED:-$((RANDOM * 32768 + RANDOM))}" || failures=$((failures + 1))
finish
