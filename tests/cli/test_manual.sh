#!/usr/bin/env bash
# The manual page and the completion for bash, which the program writes itself.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
commands=$("$TERRAMIS" --help | sed -nE '/^commands:/,/^$/s/^  ([a-z]+) .*/\1/p')

run manual man
expect "manual man" 0 ".Dt TERRAMIS 1" ".Sh EXIT STATUS"
cp "$work/stdout" "$work/terramis.1"
for word in $commands; do
    check "the page has $word" grep -qE "^\.Ss $word( |$)" "$work/terramis.1"
done
for option in $(for c in $commands; do "$TERRAMIS" "$c" --help; done |
    grep -oE -- ' --[a-z]+' | sort -u); do
    check "the page has $option" grep -q -- "^\.It .*Fl Fl ${option#--}" \
        "$work/terramis.1"
done
LANGUAGE=fr run manual man
cp "$work/stdout" "$work/fr.1"
check "in French too" grep -q "terres marginales" "$work/fr.1"
if command -v mandoc >"$work/which"; then
    for page in terramis fr; do
        same "mandoc finds nothing wrong with $page.1" "" \
            "$(mandoc -T lint -W warning "$work/$page.1" 2>&1)"
    done
else
    skip "mandoc: not installed"
fi
if command -v groff >"$work/which"; then
    same "groff finds nothing wrong" "" \
        "$(groff -mandoc -Kutf8 -Tutf8 -ww "$work/terramis.1" 2>&1 >"$work/page")"
    check "and shows it" grep -q "publish" "$work/page"
else
    skip "groff: not installed"
fi

run manual bash
expect "manual bash" 0 "complete -o filenames -F _terramis terramis"
cp "$work/stdout" "$work/completion"
check "shellcheck finds nothing wrong" shellcheck -s bash "$work/completion"
mkdir -p "$work/here/mon dossier"
touch "$work/here/a.yaml" "$work/here/a b.yaml" "$work/here/a.tif"
# proposals WORD...: what is proposed for the last word, sorted, on one line
proposals() {
    (
        cd "$work/here" || exit
        # shellcheck disable=SC1091
        . "$work/completion"
        COMP_WORDS=(terramis "$@")
        # shellcheck disable=SC2034
        COMP_CWORD=$#
        _terramis
        [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}" | sort
    ) | paste -sd,
}
same "commands" "$(printf "%s\n" "$commands" help --help --version | sort |
    paste -sd,)" "$(proposals '')"
same "a command's beginning" "schema" "$(proposals sch)"
same "options of a command" "--offline,--overwrite" "$(proposals fetch --o)"
same "not those of others" "" "$(proposals check --overw)"
same "project files and folders" "a b.yaml,a.yaml,mon dossier" \
    "$(proposals run '')"
same "several of them" "a b.yaml,a.yaml" "$(proposals run a.yaml a)"
same "folders after --out" "mon dossier" "$(proposals run --out '')"
same "nothing for a number" "" "$(proposals run --threads '')"
same "folders to publish" "mon dossier" "$(proposals publish '')"
same "tables" "combiners,criteria" "$(proposals list c)"
same "nothing for an unknown command" "" "$(proposals frobnicate '')"
run manual
expect "manual of what?" 2 "missing: man|bash"
run manual html
expect "no such manual" 2 "'html' is none of man, bash"
finish
