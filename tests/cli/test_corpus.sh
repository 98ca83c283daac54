#!/usr/bin/env bash
# The inputs that fuzzing kept (tests/fuzz/corpus), replayed under ASan and
# UBSan with the oracles of their targets. `make fuzz` looks for new ones.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
export LSAN_OPTIONS=suppressions=$PWD/tests/fuzz/lsan.supp:print_suppressions=0
for target in tests/fuzz/fuzz_*.c; do
    name=$(basename "$target" .c)
    corpus=tests/fuzz/corpus/${name#fuzz_}
    if [ ! -x "build/asan/replay/$name" ]; then
        not_ok "$name: build/asan/replay/$name is not built (make MODE=asan replay-bin)"
        continue
    fi
    check "$name: $(find "$corpus" -type f | wc -l) inputs" \
        "build/asan/replay/$name" "$PWD/$corpus"/*
done
finish
