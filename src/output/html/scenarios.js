// Scenarios: what each changes, what is planted and harvested year by year.
// Okabe and Ito's colours, told apart by colour-blind people; dashes as well.
const lineStyles = [
  ["#0072b2", null], ["#d55e00", "9 4"], ["#007a59", "3 3"], ["#b0508a", "12 3 3 3"], ["#7a5c00", "2 5"],
  ["#56329b", "14 5"]].map(([stroke, dash]) => ({ stroke, dash, width: 2 }));
const lineStyle = (i) => (i ? lineStyles[(i - 1) % lineStyles.length] : { stroke: "#6d7873", dash: null, width: 7 });
const [PLANTED, STANDING, HARVEST, LOW, HIGH] = [0, 1, 2, 3, 4];

function scenarioName(i) {
  return i ? data.scenarios[i].title : say("sc_base");
}

/** What a scenario does otherwise than the project, in words. */
function changes(i) {
  const base = data.scenarios[0], one = data.scenarios[i];
  const list = [];
  if (!i) return say(base.rate === null ? "sc_rate_none" : "sc_rate", number(base.rate, 0));
  for (const [f, weight] of one.weights)
    list.push(say("sc_weight", data.factors[f].title, say("percent", number(100 * data.factors[f].weight, 0)),
                  say("percent", number(100 * weight, 0))));
  if (one.classes.some((limit, c) => limit !== base.classes[c]))
    list.push(say("sc_classes", data.classes.slice(0, 3).map((c, n) => `${c.name} ≥ ${one.classes[n].toLocaleString(locale)}`).join(", ")));
  if (one.min_ha !== base.min_ha) list.push(say("sc_min", hectares(one.min_ha, 1)));
  if (one.rate !== base.rate) list.push(say(one.rate === null ? "sc_rate_none" : "sc_rate", number(one.rate, 0)));
  if (JSON.stringify(one.outlets) !== JSON.stringify(base.outlets))
    list.push(say("sc_outlets", one.outlets.map((outlet) => (outlet.demand === null ? outlet.id
      : say("sc_outlet", outlet.id, number(outlet.demand, 0)))).join(", ")));
  return list.join(say("list_between")) || say("sc_same");
}

/** The years of every scenario, summed over the territories. */
function plansOf(territories, kind) {
  return data.scenarios.map((scenario, i) => {
    const sum = (get) => territories.reduce((all, t) => all + get(t.plans[i]), 0);
    return {
      name: scenarioName(i), style: lineStyle(i), changes: changes(i),
      parcels: sum((plan) => plan.parcels),
      classes: data.classes.map((c, n) => sum((plan) => plan.classes[n])),
      years: Array.from({ length: data.horizon }, (none, y) =>
        [PLANTED, STANDING, HARVEST, LOW, HIGH].map((k) => sum((plan) => plan.years[kind][y][k]))) };
  });
}

/** 0, 200, 400 ...: four to eight steps up to `most`. */
function ticks(most) {
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = power * [1, 2, 5, 10].find((s) => most / (s * power) <= 6);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (none, i) => i * step);
}

/** One line per plan over the years; get(year) gives the number. */
function lineChart(title, place, plans, get) {
  const left = 62, right = 12, top = 12, low = 210, width = 600;
  const most = Math.max(...plans.flatMap((plan) => plan.years.map(get)), 1e-9);
  const marks = ticks(most);
  const x = (y) => left + ((width - left - right) * (y + 0.5)) / data.horizon;
  const y = (value) => low - ((low - top) * value) / marks.at(-1);
  const last = (plan) => `${plan.name} ${number(get(plan.years.at(-1)), 0)}`;
  const chart = draw("svg", { viewBox: `0 0 ${width} ${low + 40}`, role: "img", class: "lines",
    "aria-label": say("sc_chart", title, place, data.horizon, plans.map(last).join(", ")) });
  for (const mark of marks)
    chart.append(draw("line", { x1: left, x2: width - right, y1: y(mark), y2: y(mark), stroke: "#c9d2cd" }),
                 draw("text", { x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, number(mark, marks[1] < 1 ? 1 : 0)));
  for (let i = 0; i < data.horizon; i++)
    if (data.horizon <= 15 || (i + 1) % 5 === 0)
      chart.append(draw("text", { x: x(i), y: low + 18, "text-anchor": "middle" }, String(i + 1)));
  chart.append(draw("text", { x: (left + width) / 2, y: low + 36, "text-anchor": "middle" }, say("sc_years")));
  // the project's line is wide and drawn first: one that lies on it still shows
  for (const plan of plans) {
    const { stroke, width: weight, dash } = plan.style;
    chart.append(draw("polyline", { fill: "none", stroke, "stroke-width": weight, "stroke-dasharray": dash,
      points: plan.years.map((year, i) => `${x(i).toFixed(1)},${y(get(year)).toFixed(1)}`).join(" ") }));
    plan.years.forEach((year, i) => chart.append(draw("circle", { cx: x(i), cy: y(get(year)), r: weight * 0.6 + 1.5, fill: stroke })));
  }
  return make("figure", {}, make("figcaption", {}, title), chart);
}

function lineLegend(plans) {
  return make("ul", { class: "line-legend" }, ...plans.map(({ name, style: { stroke, dash, width } }) => make("li", {},
    draw("svg", { width: 40, height: 12, "aria-hidden": "true" },
      draw("line", { x1: 0, x2: 40, y1: 6, y2: 6, stroke, "stroke-width": width, "stroke-dasharray": dash }),
      draw("circle", { cx: 20, cy: 6, r: width * 0.6 + 1.5, fill: stroke })), isolate(name))));
}

/** A plain table: heads of columns; rows that begin with their head. */
function plainTable(caption, heads, rows, name) {
  return make("div", { class: "table-box", tabindex: "0", role: "group", "aria-label": name },
    make("table", { class: "list plain" }, make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...heads.map((head, i) => make("th", { scope: "col", class: i ? "number" : null }, head)))),
      make("tbody", {}, ...rows.map(([head, ...cells]) => make("tr", {}, make("th", { scope: "row" }, head),
        ...cells.map((cell) => make("td", { class: "number" }, cell)))))));
}

/** `whole`: land of any kind; parcels and classes are not known by kind. */
function comparison(place, plans, whole) {
  const rows = plans.map((plan) => {
    const last = plan.years.at(-1);
    const planted = plan.years.reduce((all, year) => all + year[PLANTED], 0);
    return [make("span", {}, isolate(plan.name), make("small", {}, isolate(plan.changes))),
      ...(whole ? [number(plan.classes[0], 0), number(plan.classes[1], 0), number(plan.parcels, 0)] : []),
      number(planted, 1), number(last[HARVEST], 0),
      say("sc_range", number(last[LOW], 0), number(last[HIGH], 0))];
  });
  const heads = ["sc_scenario", ...(whole ? ["sc_s1", "sc_s2", "sc_parcels"] : []), "sc_planted", "sc_harvest", "sc_low_high"];
  return plainTable(say("sc_caption", place), heads.map((key) => say(key, data.horizon)), rows, say("h_compare"));
}

function byYear(place, plans) {
  const heads = [say("sc_year_n"), ...plans.flatMap((plan) => [say("sc_ha_of", plan.name), say("sc_t_of", plan.name)])];
  const rows = plans[0].years.map((none, y) => [String(y + 1),
    ...plans.flatMap((plan) => [number(plan.years[y][STANDING], 1), number(plan.years[y][HARVEST], 0)])]);
  return make("details", {}, make("summary", {}, say("sc_by_year")),
    plainTable(say("sc_by_year_caption", place), heads, rows, say("sc_by_year")));
}

function showPlans() {
  const box = document.getElementById("plans");
  const territory = document.getElementById("plan-territory"), kind = document.getElementById("plan-kind");
  territory.append(make("option", { value: "" }, say("whole_study")),
    ...data.territories.map((t, i) => make("option", { value: i }, t.name)));
  kind.append(make("option", { value: data.kinds.length }, say("sc_any_kind")),
    ...data.kinds.map((k, i) => make("option", { value: i }, k.label)));
  const show = () => {
    const chosen = territory.value === "" ? data.territories : [data.territories[territory.value]];
    const place = territory.value === "" ? say("whole_study") : chosen[0].name;
    const plans = plansOf(chosen, Number(kind.value));
    box.replaceChildren(
      make("div", { class: "charts" },
        lineChart(say("sc_standing"), place, plans, (year) => year[STANDING]),
        lineChart(say("sc_harvest_year"), place, plans, (year) => year[HARVEST])),
      lineLegend(plans), comparison(place, plans, Number(kind.value) === data.kinds.length), byYear(place, plans));
  };
  territory.addEventListener("change", show);
  kind.addEventListener("change", show);
  if (data.territories.length && data.horizon > 0) show();
}
