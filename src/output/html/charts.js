// Key figures, charts per territory, links to files.

/** Bars with names and values: rows of {label, value, colour}. */
function barChart(title, place, rows, show = (value) => hectares(value, 1)) {
  const step = 30, left = 230, room = 290;
  const most = Math.max(...rows.map((row) => row.value), 1e-9);
  const summary = rows.map((row) => `${row.label} ${show(row.value)}`).join(", ");
  const chart = draw("svg", { viewBox: `0 0 620 ${rows.length * step}`, role: "img",
                              "aria-label": say("chart_label", title, place, summary) });
  const short = (text) => (text.length > 28 ? text.slice(0, 27) + "…" : text);
  rows.forEach((row, i) => {
    const width = (room * row.value) / most;
    chart.append(
      draw("text", { x: left - 10, y: i * step + 20, "text-anchor": "end" }, short(row.label)),
      draw("rect", { x: left, y: i * step + 4, width: Math.max(width, row.value > 0 ? 1 : 0), height: 21,
                     fill: row.colour, stroke: border(row.colour, "#000000") }),
      draw("text", { x: left + width + 8, y: i * step + 20 }, show(row.value)));
  });
  return make("figure", {}, make("figcaption", {}, title), chart);
}

function summaryCharts(name, summary, more) {
  const any = summary[data.kinds.length];
  const all = data.classes.length;
  const kinds = barChart(say("by_kind"), name, data.kinds.map((kind, k) => (
    { label: kind.label, value: summary[k][all], colour: kind.colour })));
  kinds.append(make("p", { class: "hint" }, say("by_kind_note")));
  return make("div", { class: "charts" },
    barChart(say("by_class"), name, data.classes.map((c, i) => (
      { label: c.label, value: any[i], colour: c.colour }))), kinds, more ?? "");
}

/** Which factor the scores' uncertainty comes from; null where it is not known. */
function sensitivityChart(name, t) {
  if (!t.sensitivity?.length || t.sensitivity.every(([first]) => first === null)) return null;
  const rows = data.factors.map((factor, f) => (
    { label: factor.title, value: Math.max(t.sensitivity[f][1] ?? 0, 0), colour: "#5a6f9c" }))
    .sort((a, b) => b.value - a.value);
  const chart = barChart(say("by_factor"), name, rows, (value) => say("percent", number(100 * value, 0)));
  chart.append(make("p", { class: "hint" }, say("by_factor_note")));
  return chart;
}

function territoryPanel(name, t) {
  const any = t.summary[data.kinds.length];
  return make("div", { class: "territory" }, make("h3", {}, isolate(name)),
    make("p", {}, say("territory_line", number(t.plantable_parcels, 0), number(any[data.classes.length], 0),
                      number(t.marginal, 0), number(t.tonnage, 0), number(t.sites.length, 0))),
    summaryCharts(name, t.summary, sensitivityChart(name, t)));
}

/** All territories as one. */
function wholeStudy() {
  const sum = (get) => data.territories.reduce((all, t) => all + get(t), 0);
  return {
    plantable_parcels: sum((t) => t.plantable_parcels), marginal: sum((t) => t.marginal),
    tonnage: sum((t) => t.tonnage), sites: { length: sum((t) => t.sites.length) },
    summary: data.kinds.concat(null).map((kind, k) => data.classes.concat(null).map(
      (c, i) => sum((t) => t.summary[k][i]))) };
}

function showSummary(whole) {
  const box = document.getElementById("summary");
  if (data.territories.length > 1) box.append(territoryPanel(say("whole_study"), whole));
  for (const t of data.territories) box.append(territoryPanel(t.name, t));
}

function showFigures(whole) {
  const any = whole.summary[data.kinds.length];
  const figures = [
    [whole.plantable_parcels, "key_parcels"], [any[data.classes.length], "key_ha"],
    [any[0], "key_best"], [whole.tonnage, "key_tonnes"], [whole.sites.length, "key_sites"]];
  for (const [value, key] of figures)
    document.getElementById("figures").append(make("p", { class: "figure" },
      make("b", {}, number(value, 0)), make("span", {}, say(value === 1 && key + "_1" in data.texts ? key + "_1" : key))));
}

/** " – PNG, 1,2 Mo" */
function fileSize(file) {
  const kind = file.href.split(".").at(-1).toUpperCase();
  if (file.bytes === undefined) return make("small", {}, say("file_kind", kind));
  const [amount, unit] = file.bytes < 1e6 ? [Math.ceil(file.bytes / 1e3), "kb"] : [file.bytes / 1e6, "mb"];
  return make("small", {}, say("file_size", kind, say(unit, number(amount, unit === "mb" ? 1 : 0))));
}

function showFiles() {
  const box = document.getElementById("files");
  for (const group of data.files) {
    if (!group.files.length) continue;
    box.append(make("div", {}, make("h3", {}, isolate(group.title ?? say("whole_study"))),
      make("ul", {}, ...group.files.map((file) => make("li", {},
        make("a", { href: file.href }, file.about, fileSize(file)))))));
  }
}

function showNotice(whole) {
  const notice = document.getElementById("notice");
  if (!parcels.length) notice.textContent = say("nothing");
  else if (whole.plantable_parcels > data.shown)
    notice.textContent = say("capped", number(data.shown, 0), number(whole.plantable_parcels, 0));
  notice.hidden = !notice.textContent;
}
