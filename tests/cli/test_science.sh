#!/usr/bin/env bash
# From the project file to parcels: memberships, weights, rules, groups, severe
# limitations, worked out by hand on layers of one value.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
base
for value in 80 50 20; do
    constant 24 24 $value |
        raster "$work/base/v$value.tif" EPSG:2154 519900 6941100 50 -9999
done
sed -i '/^factors:/,$d' "$work/base/project.yaml"

# science KEYS [FACTOR-KEYS...]: a copy with factors a, b, c of memberships 0.8,
# 0.5, 0.2 and weights 0.5, 0.3, 0.2 (unless $weighted is empty), run.
weighted=yes
science() {
    local keys=$1 i=0 value weight
    local -a ids=(a b c) weights=(0.5 0.3 0.2)
    shift
    copy
    {
        echo "factors:"
        for value in 80 50 20; do
            weight=${weighted:+, weight: ${weights[i]}}
            echo "  - {id: ${ids[i]}, criterion: value, source: v$value.tif," \
                "membership: {kind: linear, points: [[0, 0], [100, 1]]}" \
                "$weight${1:+, $1}}"
            i=$((i + 1))
            [ $# -gt 0 ] && shift
        done
        echo "$keys"
        echo "outputs: [csv, gpkg]"
    } >>"$project"
    # shellcheck disable=SC2119 # no options
    analyse
}

# scores WHAT SCORE KEYS [FACTOR-KEYS...]: of parcel C
scores() {
    local what=$1 score=$2
    shift 2
    science "$@"
    if [ "$code" = 0 ]; then
        near "$what" "$score" "$(field "$p/out/pilot/parcels.csv" C score)" 0.006
    else
        expect "$what" 0
    fi
}

# ---- rules
scores "wlc" 59 "combine: {kind: wlc}"
scores "geometric" 52.66 "combine: {kind: geometric}" # .8^.5 .5^.3 .2^.2
scores "limiting" 20 "combine: {kind: limiting}"
scores "khiddir" 12.65 "combine: {kind: khiddir}" # .2 sqrt(.4)
scores "gamma 0.5" 27.13 "combine: {kind: gamma, gamma: 0.5}" # sqrt(.92 .08)
# d0 = |.4 .15 .04|, d1 = |.1 .15 .16|
scores "topsis" 64.03 "combine: {kind: topsis}"
scores "owa, the worst" 20 "combine: {kind: owa, order_weights: [1, 0, 0]}"
scores "owa, the best" 80 "combine: {kind: owa, risk: 1, trade_off: 0}"
scores "owa, equal" 59 "combine: {kind: owa, order_weights: [1, 1, 1]}"
# sum(w v x) / sum(w v) with .2 .6, .3 .3, .5 .1
scores "owa, order weights" 41.92 \
    "combine: {kind: owa, order_weights: [6, 3, 1]}"
# Q(.2) = .36, Q(.5) = .75
scores "wowa" 46.7 "combine: {kind: wowa, order_weights: [6, 3, 1]}"
# 1 - .8^2 = .36, 1 - .5^2 = .75: the same
scores "wowa, alpha 2" 46.7 "combine: {kind: wowa, alpha: 2}"
science "combine: {kind: owa, order_weights: [1, 2]}"
expect "owa, one order weight too few" 3 "$project:" "2 given, but 3 factors"

# ---- groups: (.5 .8 + .3 .5) / .8 = .6875 inside
scores "groups, the worst of them" 20 \
    "combine: {kind: limiting, inside: {kind: wlc}}" "group: soil" "group: soil"
scores "groups, the worst inside" 44 \
    "combine: {kind: wlc, inside: {kind: limiting}}" "group: soil" "group: soil"
scores "group weights" 44.38 \
    "groups: [{id: soil, weight: 0.2}]" "group: soil" "group: soil"

# ---- weights
weighted=
scores "rank" 65 "weights: {kind: rank, order: [a, b, c]}" # ROC
# soil 3/4; a 4/5 of it
scores "judgements in a hierarchy" 60.5 "weights:
  kind: ahp
  judgements: [{a: soil, b: c, value: 3}, {a: a, b: b, value: 4}]" \
    "group: soil" "group: soil"
run weights "$project"
expect "weights" 0 "method: ahp" "soil: 2 elements" "0.6000" "CR 0.000"
run weights "$project" --json
expect "weights --json" 0
check "it is JSON" "$python" -m json.tool "$work/stdout" "$work/x.json"
science "weights: {kind: ahp, judgements: [{a: a, b: b, value: 9}, {a: b, b: c, value: 9}, {a: c, b: a, value: 9}]}"
expect "judgements that contradict one another" 3 "hurts most" "$project:"
science "weights: {kind: ahp, matrices: [{of: [a, b, c], values: [1, 3, 5, 0.3, 1, 2, 1/5, 1/2, 1]}]}"
expect "a matrix that is not reciprocal" 3 "a / b is 3, but b / a is 0.3"
weighted=yes

# ---- severe limitations: c at 0.2 makes it N1, whatever the sum
science "" "limitation: m" "limitation: t" "limitation: w, caps: {S3: 0.4, N1: 0.2}"
expect "caps" 0
csv=$p/out/pilot/parcels.csv
near "the score stays" 59 "$(field "$csv" C score)" 0.006
same "the class is capped" N1 "$(field "$csv" C class)"
same "the subclass says why" N1w "$(field "$csv" C subclass)"
same "the limiting factor too" c "$(field "$csv" C limiting)"
run explain C "$project" --out "$p/out"
expect "explain names the subclass" 0 "N1w"
science "" "limitation: m" "limitation: t" "limitation: w"
same "without caps S2, by what costs most" S2w \
    "$(field "$p/out/pilot/parcels.csv" C subclass)"
science "combine: {kind: limiting}" "limitation: m" "limitation: t"
same "limiting: the worst factor" c \
    "$(field "$p/out/pilot/parcels.csv" C limiting)"
run explain C "$project" --out "$p/out"
expect "no contributions that would not add up" 0 "no:Contribution"

# ---- uncertainty: score 59, 9 points below S1's next class down
uncertain="uncertainty:
  draws: 4000
  weights: {concentration: 24}
  factors: [{id: a, error: 5}, {id: b, membership_error: 0.05}]"
science "$uncertain"
expect "uncertainty" 0
csv=$p/out/pilot/parcels.csv
near "the score stays" 59 "$(field "$csv" C score)" 0.006
# weights: (sum w x^2 - (sum w x)^2) / 25; errors: w^2 s^2, weights drawn
near "standard deviation" 5.56 "$(field "$csv" C score_sd)" 0.25
near "probability of S1 or S2" 0.947 "$(field "$csv" C p_s1s2)" 0.02
check "sensitivities" grep -q "^pilot,c,0.2000," "$p/out/uncertainty.csv"
cp "$csv" "$work/once.csv"
run explain C "$project" --out "$p/out"
expect "explain gives the probability" 0 "Probability of classes S1 or S2: 9" \
    "Rank in 90% of the draws" "enough for class: S1"
analyse --threads 3 --overwrite
expect "the same with three threads" 0
check "the same bytes" cmp "$csv" "$work/once.csv"
# all parcels alike: w = .3, sd .1 of 100
science "uncertainty: {draws: 4000, factors: [{id: b, membership_shift: 0.1}]}"
near "a shift that all memberships share" 3 \
    "$(field "$p/out/pilot/parcels.csv" C score_sd)" 0.15
same "moves all parcels together" \
    "$(field "$p/out/pilot/parcels.csv" A rank_low)" \
    "$(field "$p/out/pilot/parcels.csv" A rank_high)"
science "uncertainty: {factors: [{id: a, error: 1}, {id: x, error: 1}]}"
expect "an unknown factor" 3 "no factor is called 'x'" "$project:"

# ---- curves
run list memberships --out "$work/plots"
expect "plots" 0 "$work/plots/sigmoid.svg"
for svg in "$work"/plots/*.svg; do
    "$python" -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' \
        "$svg" || not_ok "$svg is XML"
done
check "those of the documentation are up to date (terramis list memberships --out .github/memberships)" \
    diff -r "$work/plots" .github/memberships
run list criteria --out "$work/plots"
expect "only memberships can be drawn" 2 "only memberships"
finish
