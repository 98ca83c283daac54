#!/usr/bin/env bash
# Messages in French by the environment, whether the machine has a French
# locale or not; exit codes and files do not depend on it.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base

# in LOCALE COMMAND...: as `run`, in that locale
in_locale() {
    local locale=$1
    shift
    env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG="$locale" "$TERRAMIS" "$@" \
        >"$work/stdout" 2>"$work/stderr" </dev/null
    code=$?
    command="LANG=$locale terramis $*"
}
french() { in_locale fr_FR.UTF-8 "$@"; }
english() { in_locale C "$@"; }
nb=$'\u00a0' # before : ; ? ! and inside « »

# ---- the command line
french --help
expect "help in French" 0 "usage${nb}: terramis COMMANDE" \
    "analyser tous les territoires" "codes de retour" "no:usage:"
english --help
expect "help in English" 0 "usage: terramis COMMAND" "no:usage${nb}:"
french run --help
expect "options in French" 0 "--out DOSSIER" "fils de calcul" "cette aide"
for word in check explain weights list schema demo; do
    french "$word" --help
    expect "$word --help in French" 0 "usage${nb}: terramis $word" \
        "cette aide"
done
french frobnicate
expect "unknown command in French" 2 "commande «${nb}frobnicate${nb}» inconnue"
english frobnicate
expect "unknown command in English" 2 "no command 'frobnicate'"
french run --threads 0
expect "wrong option in French" 2 "--threads demande un nombre de 1 à 1024"
in_locale de_DE.UTF-8 frobnicate
expect "a language without a catalogue is English" 2 "no command 'frobnicate'"

# ---- each of the environment's ways
ways() { # NAME=VALUE...
    env -u LC_ALL -u LC_MESSAGES -u LANGUAGE -u LANG "$@" "$TERRAMIS" x \
        >"$work/stdout" 2>"$work/stderr"
    code=$?
    command="$* terramis x"
}
for way in LC_ALL=fr_FR.UTF-8 LC_MESSAGES=fr_FR.UTF-8 LANG=fr_FR \
    LANG=fr_BE.UTF-8; do
    ways "$way"
    expect "French by $way" 2 "commande «"
done
ways LANG=C.UTF-8 LANGUAGE=fr
expect "French by LANGUAGE" 2 "commande «"
ways LANG=fr_FR.UTF-8 LC_ALL=C
expect "LC_ALL is above LANG" 2 "no command"
ways LANG=fr_FR.UTF-8 LANGUAGE=en
expect "LANGUAGE is above LANG" 2 "no command"

# ---- the project file
copy
edit 's/^resolution: 10/resolution: 10 m/; s/membership:/membershop:/'
french check "$project"
expect "the project file's mistakes in French" 3 \
    "resolution: attendu${nb}: un nombre (mètres)" "Écrire le nombre seul" \
    "clé inconnue «${nb}membershop${nb}»${nb}; vouliez-vous dire" \
    "re:project.yaml:5:13: "
sed -E 's/: .*//' "$work/stderr" >"$work/places"
english check "$project"
expect "the project file's mistakes in English" 3 \
    "resolution: expected a number (metres), found text '10 m'"
check "both name the same places" \
    cmp "$work/places" <(sed -E 's/: .*//' "$work/stderr")

copy
edit 's/source: road.gpkg/source: raod.gpkg/'
french run "$project" --out "$p/out"
expect "a missing file in French" 3 "source: fichier introuvable${nb}:" \
    "vouliez-vous dire «${nb}road.gpkg${nb}»${nb}?"

# ---- layers
copy
edit 's/source: road.gpkg/source: road.gpkg, layer: raod/'
french check "$project"
expect "a layer's mistake in French" 3 "road.gpkg, couche raod: le fichier" \
    "Il contient${nb}: road"
copy
printf 'id|wkt\n1|%s\n' "$(box 0 0 10 10)" |
    vector "$p/depth-far.gpkg" EPSG:2154
edit 's/source: building.gpkg/source: depth-far.gpkg/'
french check "$project"
french_code=$code
cp "$work/stderr" "$work/far"
english check "$project"
same "a layer far away: the same exit code" "$french_code" "$code"
check "a layer far away: other words" \
    bash -c "! cmp -s '$work/far' '$work/stderr'"

# ---- check and list
copy
french check "$project"
expect "check in French" 0 "contrainte building${nb}: building.gpkg" \
    "1 objets${nb}: utilisés${nb}: 1," "mailles de 10 m" "tout a pu être lu"
english check "$project"
expect "check in English" 0 "constraint building: building.gpkg" \
    "1 features: 1 used" "everything could be read"
for table in criteria memberships weightings combiners yields outputs layers services; do
    french list "$table"
    cp "$work/stdout" "$work/list"
    english list "$table"
    check "list $table: the same lines in other words" bash -c "
        ! cmp -s '$work/list' '$work/stdout' &&
        [ \$(wc -l <'$work/list') = \$(wc -l <'$work/stdout') ]"
done

# ---- what machines read
for what in schema "list criteria --json" "list layers --json" \
    "check $project --json"; do
    # shellcheck disable=SC2086 # a list of words
    french $what
    # what it takes differs a little from run to run
    sed 's/"memory_bytes": *[0-9]*//' "$work/stdout" >"$work/json"
    # shellcheck disable=SC2086
    english $what
    sed -i 's/"memory_bytes": *[0-9]*//' "$work/stdout"
    check "${what%% /*} does not depend on the language" \
        cmp "$work/json" "$work/stdout"
done

# ---- results
export SOURCE_DATE_EPOCH=1750000000
french run "$project" --out "$p/french"
expect "run in French" 0 "terminé en"
cp "$work/stdout" "$work/summary"
english run "$project" --out "$p/english"
expect "run in English" 0 "done in"
check "the summary is in the project's language" \
    cmp "$work/summary" "$work/stdout"
check "files do not depend on the language" diff -r "$p/french" "$p/english"
finish
