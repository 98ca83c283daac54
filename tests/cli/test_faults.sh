#!/usr/bin/env bash
# Faults of the machine: the nth call of malloc, read, write, fsync, rename,
# open and pthread_create fails, in every command (tests/faults/). A sample of
# the numbers; `make faults` tries every one. Then disks that fill up, files
# that may not grow, and streams that are full, closed or read by nobody. (Input
# that changes or goes away: test_resume.sh.)
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
: "${FAULTS_MOST:=4}" # numbers tried of a kind; 0: every one
: "${FAULTS_ONLY:=}"   # command[:kind],...
: "${FAULTS_BY:=}"     # --places: not by number but by place of the program
injector=${FAULTS_INJECTOR:-build/inject.so}
base
sed -i 's/^language: en/&\nlicence: etalab-2.0/' "$work/base/project.yaml"
(
    cd "$work/base" &&
        SOURCE_DATE_EPOCH=1700000000 "$TERRAMIS" run project.yaml \
            --out "$work/out" -q >/dev/null
) || not_ok "faults: the project without any"

# what `fetch` downloaded, for fetch --offline
mkdir "$work/fetched"
serve ""
{
    fetch_project
    cat <<PROJECT
  wfs: http://127.0.0.1:$port/plain/wfs
fetch:
  {wait: 0.01, rate: 1000, timeout: 2, retries: 2, max_size: 20,
   bbox: [520000, 6940000, 521000, 6941000],
   layers: [{service: wfs, to: vectors/w.gpkg, layer: lignes, typename: 'test:30', key: cleabs}]}
PROJECT
} >"$work/fetched/project.yaml"
run fetch "$work/fetched/project.yaml"
expect "faults: layers for fetch --offline" 0
rm -rf "$work/fetched/vectors"
exec 9>&-

"$python" tests/faults/drive.py "$TERRAMIS" "$injector" "$work" \
    --most "$FAULTS_MOST" --only "$FAULTS_ONLY" ${FAULTS_BY:+"$FAULTS_BY"} || failures=$((failures + 1))
# every place that writes: one write lost must not pass for a result
[ -n "$FAULTS_ONLY$FAULTS_BY" ] || "$python" tests/faults/drive.py "$TERRAMIS" \
    "$injector" "$work" --most 0 --places --only run:write || failures=$((failures + 1))

# a crash, which with threads may not come again, says where it was
log=$(LD_PRELOAD=$injector FAULT=none:0 sh -c 'kill -SEGV $$' 2>&1)
same "faults: a crash ends as one" 139 $?
check "faults: a crash says where it was" grep -q 'libc.*kill' <<<"$log"

# nothing is lost on the way out: a sample under ASan, which sees leaks
: "${FAULTS_ASAN:=build/asan/terramis}"
if [ -n "$FAULTS_ONLY$FAULTS_BY" ] || [ "$FAULTS_ASAN" -ef "$TERRAMIS" ]; then
    : # asked for something else, or all of it was under ASan
elif [ ! -x "$FAULTS_ASAN" ]; then
    not_ok "faults: $FAULTS_ASAN is not built (make MODE=asan)"
else
    "$python" tests/faults/drive.py "$FAULTS_ASAN" "$injector" "$work" \
        --most 6 --places --only check:malloc,explain:malloc,publish:malloc ||
        failures=$((failures + 1))
fi

# ---- a disk that fills up, in each output
small=$work/small # a file system of its own
mkdir "$small"
full() { # OUTPUT KB
    if ! mount -t tmpfs -o "size=$2k" none "$small" 2>/dev/null; then
        skip "disk full, $1: only root may mount a file system"
        return
    fi
    run run "$project" --out "$small/out" -q
    expect "disk full, $1: at $2 kB" 6 "re:No space left|disk is full"
    same "disk full, $1: nothing is left" "" "$(find "$small" -type f)"
    umount "$small"
}
for output in cog gpkg csv xlsx html qgis png pdf; do
    copy
    edit "s/^outputs: .*/outputs: [$output]/"
    # much to write where there is little
    case $output in cog | png | pdf) edit 's/^resolution: .*/resolution: 2/' ;; esac
    run run "$project" --out "$p/out" -q
    size=$(du -s --apparent-size -k "$p/out" | cut -f 1)
    full "$output" $((size * 6 / 10))
done

# ---- a quota: no file may grow beyond 64 kB
copy
(
    ulimit -f 64
    run run "$project" --out "$p/out" -q
    expect "files that may not grow" 6 "re:File too large|disk I/O error|full"
    same "files that may not grow: nothing is left" "" \
        "$(find "$p/out" -type f)"
    exit "$failures"
) || failures=$((failures + 1))

# ---- standard output that nobody reads, or that is full
copy
"$TERRAMIS" check "$project" 2>"$work/stderr" >/dev/full
code=$? command="terramis check >/dev/full"
: >"$work/stdout"
expect "a full standard output" 6 "cannot write to standard output"
(
    "$TERRAMIS" list layers 2>"$work/stderr"
    echo $? >"$work/code"
) | true
code=$(cat "$work/code") command="terramis list layers | true"
expect "a standard output that nobody reads" 6 "cannot write to standard output"

# ---- streams that are closed: no file of ours gets their numbers
mkfifo "$work/fifo"
"$TERRAMIS" check "$work/fifo" <&- >&- 2>&- &
pid=$!
exec 8<>"$work/fifo" # now it reads
for ((i = 0; i < 100; i++)); do
    [ "$work/fifo" -ef "/proc/$pid/fd/3" ] && break
    sleep 0.02
done
same "closed streams: their numbers are taken" "/ / / $work/fifo" \
    "$(cd /proc/$pid/fd && echo "$(readlink 0) $(readlink 1) $(readlink 2) $(readlink 3)")"
kill -9 $pid
wait $pid 2>/dev/null
exec 8>&-
finish
