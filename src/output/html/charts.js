// Key figures, charts per territory, links to files.

/** Bars with names and values: rows of {label, value, colour}. */
function barChart(title, place, rows) {
  const step = 30, left = 215, room = 300;
  const most = Math.max(...rows.map((row) => row.value), 1e-9);
  const summary = rows.map((row) => `${row.label} ${hectares(row.value, 1)}`).join(", ");
  const chart = draw("svg", { viewBox: `0 0 620 ${rows.length * step}`, role: "img",
                              "aria-label": say("chart_label", title, place, summary) });
  rows.forEach((row, i) => {
    const width = (room * row.value) / most;
    chart.append(
      draw("text", { x: left - 10, y: i * step + 20, "text-anchor": "end" }, row.label),
      draw("rect", { x: left, y: i * step + 4, width: Math.max(width, row.value > 0 ? 1 : 0), height: 21,
                     fill: row.colour, stroke: border(row.colour, "#000000") }),
      draw("text", { x: left + width + 8, y: i * step + 20 }, hectares(row.value, 1)));
  });
  return make("figure", {}, make("figcaption", {}, title), chart);
}

function summaryCharts(name, summary) {
  const any = summary[data.kinds.length];
  const all = data.classes.length;
  const kinds = barChart(say("by_kind"), name, data.kinds.map((kind, k) => (
    { label: kind.label, value: summary[k][all], colour: kind.colour })));
  kinds.append(make("p", { class: "hint" }, say("by_kind_note")));
  return make("div", { class: "charts" },
    barChart(say("by_class"), name, data.classes.map((c, i) => (
      { label: c.label, value: any[i], colour: c.colour }))), kinds);
}

function territoryPanel(name, t) {
  const any = t.summary[data.kinds.length];
  return make("div", { class: "territory" }, make("h3", {}, isolate(name)),
    make("p", {}, say("territory_line", number(t.plantable_parcels, 0), number(any[data.classes.length], 0),
                      number(t.marginal, 0), number(t.tonnage, 0), number(t.sites.length, 0))),
    summaryCharts(name, t.summary));
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

function showFiles() {
  const box = document.getElementById("files");
  for (const group of data.files) {
    if (!group.files.length) continue;
    box.append(make("div", {}, make("h3", {}, isolate(group.title ?? say("whole_study"))),
      make("ul", {}, ...group.files.map((file) => make("li", {},
        make("a", { href: file.href }, file.about))))));
  }
}

function showNotice(whole) {
  const notice = document.getElementById("notice");
  if (!parcels.length) notice.textContent = say("nothing");
  else if (whole.plantable_parcels > data.shown)
    notice.textContent = say("capped", number(data.shown, 0), number(whole.plantable_parcels, 0));
  notice.hidden = !notice.textContent;
}
