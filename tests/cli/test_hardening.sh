#!/usr/bin/env bash
# The program is built as hardened as Debian's are: position-independent, its
# tables read-only once it runs, no executable stack, canaries, checked copies.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
readelf -hldW --dyn-syms "$TERRAMIS" >"$work/elf" 2>&1
if grep -q __asan_init "$work/elf"; then
    skip "hardening: built with AddressSanitizer"
    finish
fi
check "a position-independent executable (PIE)" \
    grep -qE "Type: +DYN|\(FLAGS_1\).*PIE" "$work/elf"
check "tables are made read-only (RELRO)" grep -q GNU_RELRO "$work/elf"
check "and all of them, at the start (BIND_NOW)" \
    grep -qE "BIND_NOW|\(FLAGS_1\).*NOW" "$work/elf"
check "the stack is not executable" \
    grep -qE "GNU_STACK .* RW +0x" "$work/elf"
check "no segment is writable and executable" \
    bash -c "! grep -E '^ +LOAD .* RWE ' '$work/elf'"
check "canaries on the stack" grep -q __stack_chk_fail "$work/elf"
check "copies and prints are checked (FORTIFY)" \
    grep -qE "__(snprintf|fprintf|memcpy|vsnprintf|fread|read|strcpy|printf)_chk" \
    "$work/elf"
check "no path to libraries is built in" \
    bash -c "! grep -qE '(RPATH|RUNPATH)' '$work/elf'"
finish
