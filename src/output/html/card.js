// The card of a parcel: figures, points of each factor, reasons, cautions.

function facts(parcel) {
  const list = make("dl", { class: "facts" });
  const add = (title, value, style) =>
    list.append(make("dt", { class: style }, title), make("dd", { class: style === "sub" ? null : style }, value));
  add(say("d_plantable"), hectares(parcel.plantable));
  data.kinds.forEach((kind, k) => {
    if (parcel.kinds[k] > 0) add(say("d_of_which", say("kind_" + k)), hectares(parcel.kinds[k]), "sub");
  });
  add(say("d_excluded"), hectares(parcel.excluded));
  add(say("d_area"), hectares(parcel.area));
  add(say("d_yield"), say("t_ha", number(parcel.yield, 1)));
  add(say("d_tonnage"), say("t_year", number(parcel.tonnage, 1)));
  add(say("d_use"), parcel.basis ? say("d_use_basis", data.uses[parcel.use], data.bases[parcel.basis])
    : data.uses[parcel.use]);
  if (parcel.nitrate !== null)
    add(say("d_nitrate"), say("d_nitrate_value", number(parcel.nitrate, 0), number(parcel.nitrate_low, 0),
      number(parcel.nitrate_high, 0)));
  return list;
}

/** Full width: the points that the factor could give; dark: those it gives. */
function pointBar(given, possible, most) {
  const width = (88 * possible) / most;
  return draw("svg", { "aria-hidden": "true", viewBox: "0 0 88 13" },
    draw("rect", { x: 0.5, y: 0.5, width: Math.max(width - 1, 1), height: 12, fill: "#dfe7e3", stroke: "#76857f" }),
    draw("rect", { width: given === null ? 0 : (width * given) / possible, height: 13, fill: "#0f4a44" }));
}

/** Factors with the points they give, heaviest first. */
function pointsOf(parcel) {
  return data.factors
    .map((factor, f) => ({ title: factor.title, limits: parcel.limiting === f + 1, possible: 100 * factor.weight,
                           given: parcel.m[f] === null ? null : 100 * factor.weight * parcel.m[f] }))
    .filter((point) => point.possible > 0)
    .sort((a, b) => b.possible - a.possible);
}

function pointTable(points) {
  const most = Math.max(...points.map((p) => p.possible));
  const sum = points.reduce((all, p) => all + (p.given ?? 0), 0);
  const rows = points.map((p) => make("tr", {},
    make("th", { scope: "row" }, isolate(p.title)),
    make("td", { class: "bar" }, pointBar(p.given, p.possible, most)),
    make("td", {}, p.given === null ? say("unknown")
      : say("points_of", number(p.given, 1), number(p.possible, 1)))));
  return make("table", { class: "points" },
    make("caption", { class: "hidden-text" }, say("points_table")),
    make("thead", { class: "hidden-text" }, make("tr", {}, make("th", { scope: "col" }, say("factor")),
      make("td"), make("th", { scope: "col" }, say("points")))),
    make("tbody", {}, ...rows),
    make("tfoot", {}, make("tr", {}, make("th", { scope: "row", colspan: 2 }, say("total")),
      make("td", {}, number(sum, 1)))));
}

function addsUp(parcel, points) {
  const sum = points.reduce((all, p) => all + (p.given ?? 0), 0);
  return data.adds_up && Math.abs(sum - parcel.score) < 0.06;
}

function reasons(parcel, points) {
  const list = [];
  if (parcel.score === null) list.push(say("r_unscored"));
  else list.push(say("r_class", number(parcel.score, 1), className(parcel.cls)));
  list.push(say("r_kinds", kindNames(parcel)));
  const strong = points.filter((p) => p.given !== null && p.given >= 0.8 * p.possible && !p.limits)
    .sort((a, b) => b.given - a.given).slice(0, 3);
  if (strong.length) list.push(say("r_strong", strong.map((p) => p.title).join(", ")));
  if (parcel.limiting) {
    const factor = data.factors[parcel.limiting - 1];
    const lost = 100 * factor.weight * (1 - parcel.m[parcel.limiting - 1]);
    list.push(lost < 0.05 ? say("r_no_limit")
      : say("r_limit", factor.title, number(lost, 1), number(100 * factor.weight, 1)));
  } else if (parcel.score !== null) list.push(say("r_no_limit"));
  if (parcel.lowest !== null && parcel.score - parcel.lowest > 10)
    list.push(say("r_lowest", number(parcel.lowest, 0)));
  if (parcel.excluded >= 0.005) list.push(say("r_excluded", hectares(parcel.excluded)));
  return list;
}

function cautions(parcel) {
  const list = [];
  if (data.synthetic) list.push(say("w_synthetic"));
  ["w_polluted", "w_catchment", "w_corridor"].forEach((key, k) => {
    if (parcel.kinds[k] > 0) list.push(say(key));
  });
  data.warnings.forEach((text, w) => {
    if (parcel.warnings & (1 << w)) list.push(text.charAt(0).toUpperCase() + text.slice(1) + ".");
  });
  if (parcel.nodata >= 0.05) list.push(say("w_nodata", say("percent", number(parcel.nodata, 1))));
  if (!parcel.rank && parcel.plantable < data.min_ha) list.push(say("w_small", hectares(data.min_ha)));
  return list;
}

function bullets(texts, style) {
  return make("ul", { class: style }, ...texts.map((text) => make("li", {}, text)));
}

function whereIs(parcel) {
  const territory = data.territories[parcel.territory];
  return parcel.rank
    ? say("rank_of", territory.name, number(parcel.rank, 0), number(territory.ranked, 0))
    : say("rank_none", territory.name);
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
  const list = facts(parcel);
  if (parcel.site)
    list.append(make("dt", {}, say("d_site")), make("dd", {}, make("button", {
      type: "button", class: "link", onclick: () => act.site(parcel) }, say("site_title", parcel.site))));
  const warnings = cautions(parcel);
  box.replaceChildren(...[
    make("div", { class: "card-head" },
      make("h3", { id: "card-title", tabindex: "-1" }, isolate(say("card_title", parcel.id))),
      make("button", { type: "button", class: "button", "aria-label": say("close"), title: say("close"),
                       onclick: act.close }, "×")),
    make("p", { class: "where" }, whereIs(parcel)),
    scoreBox(parcel), list,
    make("h4", {}, say("h_reasons")), bullets(reasons(parcel, points)),
    parcel.score === null ? null : make("h4", {}, say("h_score")),
    parcel.score === null ? null : pointTable(points),
    parcel.score === null || addsUp(parcel, points) ? null : make("p", { class: "hint" }, say("not_sum")),
    warnings.length ? make("h4", {}, say("h_cautions")) : null,
    warnings.length ? bullets(warnings, "cautions") : null,
    make("div", { class: "actions" }, button("zoom_to", act.zoom), button("to_row", act.row),
      button("print_card", act.print))].filter(Boolean));
  box.scrollTop = 0;
}
