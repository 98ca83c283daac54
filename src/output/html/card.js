// The card of a parcel: figures, points of each factor, reasons, cautions.

function facts(parcel) {
  const list = make("dl", { class: "facts" });
  const add = (title, value, style) => list.append(make("div", { class: style }, make("dt", {}, title), make("dd", {}, value)));
  add(say("d_plantable"), hectares(parcel.plantable));
  data.kinds.forEach((kind, k) => {
    if (parcel.kinds[k] > 0) add(say("d_of_which", say("kind_" + k)), hectares(parcel.kinds[k]), "sub");
  });
  add(say("d_excluded"), hectares(parcel.excluded));
  add(say("d_area"), hectares(parcel.area));
  if (parcel.yield !== null)
    add(say("d_yield"), say("d_range", say("t_ha", number(parcel.yield, 1)), number(parcel.yield_low, 1),
      number(parcel.yield_high, 1)));
  add(say("d_tonnage"), say("t_year", number(parcel.tonnage, 1)));
  if (parcel.nitrate !== null)
    add(say("d_nitrate"), say("d_range", say("n_ha", number(parcel.nitrate, 0)), number(parcel.nitrate_low, 0),
      number(parcel.nitrate_high, 0)));
  add(say("d_use"), data.uses[parcel.use], "long");
  if (parcel.basis) add(say("d_basis"), data.bases[parcel.basis], "long");
  return list;
}

/** How far score and rank can be trusted; null where nothing was drawn. */
function trust(parcel) {
  const [mean, sd, good, first, last] = parcel.spread;
  if (mean === undefined || mean === null) return null;
  const list = [say("u_score", number(mean, 1), number(sd, 1)), say("u_class", say("percent", number(100 * good, 0)))];
  if (first) list.push(say("u_rank", number(first, 0), number(last, 0)));
  return list;
}

/** Full width: the points that the factor could give; dark: those it gives. */
function pointBar(given, possible, most) {
  const width = (88 * possible) / most;
  return draw("svg", { "aria-hidden": "true", viewBox: "0 0 88 13" },
    draw("rect", { x: 0.5, y: 0.5, width: Math.max(width - 1, 1), height: 12, fill: "#dfe7e3", stroke: "#76857f" }),
    draw("rect", { width: given === null ? 0 : (width * given) / possible, height: 13, fill: "#0f4a44" }));
}

/** Factors of some weight with the points they give, heaviest first. */
function pointsOf(parcel) {
  return data.factors
    .map((factor, f) => ({ ...factor, limits: parcel.limiting === f + 1, possible: 100 * factor.weight,
                           given: parcel.points[f], membership: parcel.membership[f], value: parcel.value[f] }))
    .filter((point) => point.possible > 0)
    .sort((a, b) => b.possible - a.possible);
}

function withUnit(value, unit) {
  return unit ? say("with_unit", number(value, 1), unit) : number(value, 1);
}

/** What was measured and how it is judged. */
function measured(point) {
  if (point.membership === null) return say("unknown");
  const judged = say("judged", number(point.membership, 2));
  return point.value === null ? judged : say("measured", withUnit(point.value, point.unit), judged);
}

function pointTable(points) {
  const most = Math.max(...points.map((p) => p.possible));
  const sum = points.reduce((all, p) => all + (p.given ?? 0), 0);
  const rows = points.map((p) => make("tr", {},
    make("th", { scope: "row" }, isolate(p.title), make("small", {}, measured(p))),
    make("td", { class: "bar" }, pointBar(data.adds_up ? p.given : p.membership && p.membership * p.possible, p.possible, most)),
    make("td", {}, data.adds_up && p.given !== null ? say("points_of", number(p.given, 2), number(p.possible, 0))
      : say("weight_of", number(p.possible, 0)))));
  return make("table", { class: "points" },
    make("caption", { class: "hidden-text" }, say("points_table")),
    make("thead", { class: "hidden-text" }, make("tr", {}, make("th", { scope: "col" }, say("factor")),
      make("td"), make("th", { scope: "col" }, say("points")))),
    make("tbody", {}, ...rows),
    data.adds_up ? make("tfoot", {}, make("tr", {}, make("th", { scope: "row", colspan: 2 }, say("total")),
      make("td", {}, number(sum, 2)))) : null);
}

function reasons(parcel, points) {
  const list = [];
  if (parcel.score === null) list.push(say("r_unscored"));
  else list.push(say("r_class", number(parcel.score, 1), className(parcel.cls)));
  list.push(say("r_kinds", kindNames(parcel)));
  if (parcel.sources.length) list.push(say("r_layers", parcel.sources.map((l) => data.layers[l]).join(", ")));
  const strong = points.filter((p) => p.membership >= 0.8 && !p.limits)
    .sort((a, b) => b.possible * b.membership - a.possible * a.membership).slice(0, 3);
  if (strong.length) list.push(say("r_strong", strong.map((p) => p.title).join(", ")));
  const limit = points.find((p) => p.limits);
  if (limit && limit.membership < 0.9995) {
    const lost = limit.possible * (1 - limit.membership);
    list.push(data.adds_up && limit.given !== null
      ? say(isOne(lost, 1) ? "r_limit_one" : "r_limit", limit.title, number(lost, 1), number(limit.possible, 0))
      : say("r_limit_rule", limit.title, number(limit.membership, 2)));
  } else if (parcel.score !== null) list.push(say("r_no_limit"));
  if (parcel.lowest !== null && parcel.score - parcel.lowest > 10)
    list.push(say("r_lowest", number(parcel.lowest, 0)));
  if (parcel.excluded >= 0.005)
    list.push(say("r_excluded", hectares(parcel.excluded),
      parcel.excluded_by.map((c) => data.constraints[c]).join(", ") || "–"));
  return list;
}

/** What one factor alone would have to reach for the next better class. */
function raises(parcel) {
  if (parcel.cls < 2) return null;
  const next = data.classes[parcel.cls - 2].name;
  if (!parcel.raises.length) return { title: say("h_raise", next), list: [say("raise_none")] };
  return { title: say("h_raise", next), list: parcel.raises.map(([f, membership, value]) => {
    const { title, unit } = data.factors[f];
    return value === null
      ? say("raise_judged", title, number(parcel.membership[f], 2), number(membership, 2))
      : say("raise_value", title, withUnit(parcel.value[f], unit), withUnit(value, unit));
  }) };
}

/** Score, class, rank and year of planting under the project and each scenario. */
function scenarioTable(parcel) {
  const head = ["sc_scenario", "c_score", "c_class", "c_rank", "sc_year"].map((key, i) =>
    make("th", { scope: "col", class: [1, 3, 4].includes(i) ? "number" : null }, say(key)));
  return make("table", { class: "small-list" }, make("caption", { class: "hidden-text" }, say("h_scenarios")),
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...parcel.scenarios.map(([score, cls, rank, year], i) => make("tr", {},
      make("th", { scope: "row" }, isolate(scenarioName(i))),
      make("td", { class: "number" }, number(score, 1)), make("td", {}, badge(cls)),
      make("td", { class: "number" }, rank ? number(rank, 0) : "–"),
      make("td", { class: "number" }, year ? String(year) : "–")))));
}

/** What the layers say of the parcel first, then what goes for its kinds. */
function cautions(parcel) {
  const list = data.warnings.filter((text, w) => parcel.warnings & (1 << w))
    .map((text) => text.charAt(0).toUpperCase() + text.slice(1) + ".");
  ["w_polluted", "w_catchment", "w_corridor"].forEach((key, k) => {
    if (parcel.kinds[k] > 0) list.push(say(key));
  });
  if (parcel.nodata >= 0.05) list.push(say("w_nodata", say("percent", number(parcel.nodata, 1))));
  if (!parcel.rank && parcel.plantable < data.min_ha) list.push(say("w_small", hectares(data.min_ha)));
  if (data.synthetic) list.push(say("w_synthetic"));
  return list;
}

function bullets(texts, style) {
  return make("ul", { class: style }, ...texts.map((text) => make("li", {}, text)));
}

function whereIs(parcel) {
  const territory = data.territories[parcel.territory];
  const commune = communeName(parcel.commune);
  const place = make("span", {}, isolate(territory.name));
  if (commune) place.append(", ", isolate(data.communes[parcel.commune][1] ? commune : say("commune_only", commune)));
  place.append(", ", parcel.rank ? say("rank_of", number(parcel.rank, 0), number(territory.ranked, 0)) : say("rank_none"));
  return place;
}

function scoreBox(parcel) {
  return make("p", { class: "score" }, make("b", {}, number(parcel.score, 1)),
    make("span", {}, say("out_of_100")), badge(parcel.cls),
    make("span", {}, className(parcel.cls).replace(/^\w\d – /, "")));
}

/** Fills the card; `act` has zoom(), row(), print(), close(), site(number). */
function showCard(box, parcel, act) {
  if (!parcel) {
    box.replaceChildren(make("p", { class: "empty" }, say(parcels.length ? "empty_card" : "nothing")));
    return;
  }
  const points = pointsOf(parcel);
  const button = (key, action) => make("button", { type: "button", class: "button", onclick: action }, say(key));
  const part = (key, ...content) => (content[0] ? [make("h4", {}, key), ...content] : []);
  const list = facts(parcel);
  if (parcel.site)
    list.append(make("div", {}, make("dt", {}, say("d_site")), make("dd", {}, make("button", {
      type: "button", class: "link", onclick: () => act.site(parcel) }, say("site_title", parcel.site)))));
  const scored = parcel.score !== null;
  const warnings = cautions(parcel), trusted = trust(parcel), raise = raises(parcel);
  box.replaceChildren(
    make("div", { class: "card-head" },
      make("h3", { id: "card-title", tabindex: "-1" }, isolate(say("card_title", parcel.id))),
      make("button", { type: "button", class: "button", "aria-label": say("close"), title: say("close"),
                       onclick: act.close }, "×")),
    make("p", { class: "where" }, whereIs(parcel)),
    scoreBox(parcel), list,
    ...part(say("h_reasons"), bullets(reasons(parcel, points))),
    ...(raise ? part(raise.title, bullets(raise.list), parcel.raises.length
      ? make("p", { class: "hint" }, say("raise_note")) : "") : []),
    ...part(say("h_cautions"), warnings.length ? bullets(warnings, "cautions") : null),
    ...part(say("h_score"), scored ? pointTable(points) : null,
      make("p", { class: "hint" }, say("judged_note"), data.adds_up ? "" : " " + say("not_sum"))),
    ...part(say("h_trust"), trusted ? bullets(trusted) : null),
    ...part(say("h_scenarios"), scored && data.scenarios.length > 1 ? scenarioTable(parcel) : null),
    make("div", { class: "actions" }, button("zoom_to", act.zoom), button("to_row", act.row),
      button("print_card", act.print)));
  box.scrollTop = 0;
}
